// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.compute;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;

/**
 * A machine that is, or is to become, an amphora.
 *
 * @param computeId the driver's own id of it, at most 36 characters
 * @param managementIp the first address of its first port; null while the driver doesn't know it
 * @param portIds its network cards, in the order in which they were put in
 * @param failureDomain what fails as a whole with it (a host, a rack, a zone); "" when unknown
 * @param fault what went wrong, for people; null unless the state is ERROR
 */
public record Instance(
        String amphoraId,
        String computeId,
        State state,
        @Nullable IpAddress managementIp,
        List<String> portIds,
        String failureDomain,
        @Nullable String fault) {
    /** How far it has got. */
    public enum State {
        /** It is being made. */
        BUILDING,
        /** It runs, as far as can be seen from outside: that its software answers must be asked of itself. */
        ACTIVE,
        /** It can't become or stay a machine; it can only be deleted. */
        ERROR,
        /** It is going away. */
        DELETED
    }

    public Instance {
        portIds = List.copyOf(portIds);
    }
}
