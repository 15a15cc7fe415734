// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Owner;
import org.l3distributor.distributor.model.PeerRoute;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.model.Removal;

@Snake
@Schema(name = "Registration", description = "A registered VIP with its next hop, and what each peer has of it")
public record RegistrationBody(
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "The amphora that serves the VIP; absent for a non-amphora endpoint")
        @Nullable
        String amphoraId,

        @Schema(example = "203.0.113.10") String vipIp,
        @Schema(example = "10.20.0.11") String nexthopIp,

        @Schema(description = "The one peer it is announced to; null = all peers, also later ones", nullable = true)
        @Nullable
        String peerId,

        List<Peer> peers) {
    @Snake
    @Schema(name = "PeerState", description = "What one peer has of a registration")
    public record Peer(
            String id,

            @Schema(
                    description = "announced: written to the socket; pending: wanted, session down or bytes not taken"
                            + " yet; suppressed: wanted, and not announced for the reason given; withdrawn: not wanted"
                            + " and the withdrawal written, or the session down",
                    allowableValues = {"announced", "pending", "suppressed", "withdrawn"})
            String state,

            @Schema(description = "When the UPDATE was written to the socket (RFC 3339, UTC)", nullable = true)
            @Nullable
            String writtenAt,

            @Schema(description = "Why it is pending or suppressed", nullable = true) @Nullable
            String reason) {
        static Peer of(PeerRoute route) {
            return new Peer(
                    route.peer().value(),
                    route.state().name().toLowerCase(Locale.ROOT),
                    Moments.text(route.writtenAt()),
                    route.reason());
        }
    }

    public static RegistrationBody of(RegistrationStatus status) {
        Registration r = status.registration();
        return new RegistrationBody(
                amphora(r.owner()),
                r.vip().toString(),
                r.nextHop().toString(),
                r.peer() == null ? null : r.peer().value(),
                status.peers().stream().map(Peer::of).toList());
    }

    /** What a removal did: one row, also where several registrations went, for each named its peers. */
    public static RegistrationBody of(Removal removal, Collection<RegistrationStatus> removed) {
        return new RegistrationBody(
                amphora(removal.owner()),
                removal.vip().toString(),
                removal.nextHop().toString(),
                removal.peer() == null ? null : removal.peer().value(),
                removed.stream()
                        .flatMap(status -> status.peers().stream())
                        .map(Peer::of)
                        .toList());
    }

    static @Nullable String amphora(Owner owner) {
        return owner instanceof Owner.Amphora amphora ? amphora.amphoraId() : null;
    }
}
