// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import org.jspecify.annotations.Nullable;

/**
 * An interface.
 *
 * @param index the kernel's number for it
 * @param up administratively up
 * @param carrier up, and the other end of its wire is there too (IFF_LOWER_UP and IFF_RUNNING)
 * @param mac link-layer address as {@code 02:00:00:00:00:01}; null when it has none
 * @param mtu in bytes
 */
public record Link(
        int index,
        String name,
        boolean up,
        boolean carrier,
        @Nullable String mac,
        int mtu) {
    public boolean has(MacAddress address) {
        return address.text().equals(mac);
    }
}
