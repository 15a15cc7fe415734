// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.network;

import org.jspecify.annotations.Nullable;

/**
 * Which networks, subnets or ports are looked for; null means any.
 *
 * @param networkId the network that subnets and ports belong to; looked for among networks it is their own id
 */
public record NetworkQuery(
        @Nullable String id,
        @Nullable String name,
        @Nullable String networkId) {
    public static final NetworkQuery ALL = new NetworkQuery(null, null, null);

    /** Whether something with this id, name and network is looked for. */
    public boolean matches(String itsId, String itsName, String itsNetworkId) {
        return (id == null || id.equals(itsId))
                && (name == null || name.equals(itsName))
                && (networkId == null || networkId.equals(itsNetworkId));
    }
}
