// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client;

/** How a plug ended that the amphora didn't refuse. */
public enum PlugEnd {
    /** It stands now. */
    PLUGGED,
    /** The same stood before. */
    STOOD,
    /** The amphora has no interface with this MAC address yet: to be asked again. Nothing changed. */
    NO_INTERFACE
}
