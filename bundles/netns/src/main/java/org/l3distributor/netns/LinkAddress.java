// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import org.l3distributor.net.IpAddress;

/**
 * An address of an interface.
 *
 * @param link index of the interface
 * @param prefixLength 0..32 or 0..128
 */
public record LinkAddress(int link, IpAddress address, int prefixLength) {
    @Override
    public String toString() {
        return address + "/" + prefixLength;
    }
}
