// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.RouteState;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/**
 * One member of one VIP.
 *
 * @param nextHop the member's front-end address for it; null when it has none of the VIP's family
 * @param routes what each speaker and peer has of it; empty where the driver knows no routes
 */
public record MemberStatus(
        String amphoraId, IpAddress vip, @Nullable IpAddress nextHop, Reach reach, List<Route> routes) {
    public MemberStatus {
        routes = List.copyOf(routes);
    }

    /** Whether the VIP's traffic comes to the member. */
    public enum Reach {
        /** Announced to every peer that it is to be announced to. */
        ANNOUNCED,
        /** Announced to some of them. */
        PARTIAL,
        /** To none as yet. */
        PENDING,
        /** Who should announce it can't be asked. */
        UNREACHABLE,
        /** There is no speaker for it. */
        UNPLACED,
        /** The driver leads no traffic anywhere. */
        UNMANAGED
    }

    /**
     * One route.
     *
     * @param speakerId the amphora that announces it, the member itself where it does so
     * @param state null while the speaker can't be asked
     * @param reason why it isn't announced, for an operator; null otherwise
     */
    public record Route(
            String speakerId,
            PeerId peer,
            @Nullable RouteState state,
            @Nullable String reason) {}
}
