// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

/**
 * An interface that is as it was asked for.
 *
 * @param name in the namespace, such as {@code eth1}
 * @param snapshot the namespace in which it was seen
 */
public record PluggedInterface(String name, Change change, NamespaceSnapshot snapshot) {
    /** What was known of this MAC before. */
    public enum Change {
        /** Nothing. */
        PLUGGED,
        /** It was plugged, in another way. */
        UPDATED,
        /** It was plugged just so. */
        UNCHANGED
    }
}
