// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import java.util.Set;
import org.l3distributor.net.IpAddress;

/**
 * Addresses that we gave, or were about to; no other is ever removed. Routes and rules need no such list: they carry
 * the mark {@link Route#OURS}.
 *
 * @param vips on {@code lo}
 * @param addresses on other interfaces
 */
public record Owned(Set<IpAddress> vips, Set<Address> addresses) {
    /**
     * An address of an interface, wherever that is.
     *
     * @param prefixLength 0..32 or 0..128
     */
    public record Address(MacAddress mac, IpAddress address, int prefixLength) {}

    public Owned {
        vips = Set.copyOf(vips);
        addresses = Set.copyOf(addresses);
    }
}
