// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.network;

/**
 * A network.
 *
 * @param id opaque, at most 36 characters
 * @param name what people call it; needn't be unique
 * @param mtu 68..65535
 * @param external whether it is reachable from outside
 */
public record Network(String id, String name, int mtu, boolean external) {
    public Network {
        if (mtu < 68 || mtu > 65_535) {
            throw new IllegalArgumentException("an MTU is 68..65535, not " + mtu);
        }
    }
}
