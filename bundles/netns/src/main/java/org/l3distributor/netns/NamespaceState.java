// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

/** How a namespace stands to its description. */
public enum NamespaceState {
    /** Nothing is wanted there, and it isn't there or was never looked at. */
    IDLE,
    /** Equal to its description. */
    READY,
    /** Equal to its description but for an interface that is nowhere. It is moved in when it comes. */
    INCOMPLETE,
    /** It doesn't exist, and the configuration forbids to make it. It is entered when somebody makes it. */
    ABSENT,
    /** Something was refused; it is tried again with a growing delay. */
    FAILED
}
