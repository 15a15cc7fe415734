// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.wire;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.DistributorView;
import org.l3distributor.distributor.driver.DistributorStatus;
import org.l3distributor.distributor.driver.MemberStatus;
import org.l3distributor.distributor.driver.VipStatus;

@Snake
@Schema(name = "Distributor")
public record DistributorBody(
        String id,
        String name,
        @Schema(description = "Whose driver's it is") String distributorType,
        @Schema(nullable = true) @Nullable String status,

        @Schema(
                allowableValues = {"COMBINED", "DEDICATED"},
                description = "Who announces: the amphorae that serve, or others")
        String topology,

        @Schema(description = "So many speakers announce each next hop to each peer")
        int redundancy,

        List<IdBody> amphorae,
        List<IdBody> loadbalancers) {
    public static DistributorBody of(DistributorView view) {
        Distributor one = view.distributor();
        return new DistributorBody(
                one.id(),
                one.name(),
                one.type(),
                one.status() == null ? null : one.status().name(),
                one.dedicated() ? "DEDICATED" : "COMBINED",
                one.redundancy(),
                IdBody.of(view.amphoraIds()),
                IdBody.of(view.loadBalancerIds()));
    }

    /** As its driver sees it at this moment. */
    @Snake
    @Schema(name = "DistributorStatus")
    public record Now(String id, List<Speaker> amphorae, List<Vips> loadbalancers, List<String> problems) {
        public static Now of(DistributorStatus status) {
            return new Now(
                    status.distributorId(),
                    status.speakers().stream().map(Speaker::of).toList(),
                    status.vips().stream().map(Vips::of).toList(),
                    status.problems());
        }
    }

    /** A dedicated speaker. */
    @Snake
    @Schema(name = "DistributorSpeaker")
    public record Speaker(
            String id,
            boolean alive,

            @Schema(description = "Routes that it holds for us")
            int registrations,

            @Schema(nullable = true, description = "Why it can't be asked") @Nullable
            String fault) {
        static Speaker of(DistributorStatus.Speaker one) {
            return new Speaker(one.amphoraId(), one.alive(), one.registrations(), one.fault());
        }
    }

    /** The VIPs of a load balancer. */
    @Snake
    @Schema(name = "DistributorVips")
    public record Vips(String id, List<Reach> members, List<String> problems) {
        static Vips of(VipStatus one) {
            return new Vips(
                    one.key().loadBalancerId(),
                    one.members().stream().map(Reach::of).toList(),
                    one.problems());
        }
    }

    /** A VIP at an amphora. */
    @Snake
    @Schema(name = "DistributorMember")
    public record Reach(
            String amphoraId,
            String vipAddress,
            @Schema(nullable = true) @Nullable String nexthopIp,

            @Schema(allowableValues = {"announced", "partial", "pending", "unreachable", "unplaced", "unmanaged"})
            String state,

            List<Announced> routes) {
        static Reach of(MemberStatus one) {
            return new Reach(
                    one.amphoraId(),
                    one.vip().toString(),
                    IdBody.text(one.nextHop()),
                    one.reach().name().toLowerCase(Locale.ROOT),
                    one.routes().stream().map(Announced::of).toList());
        }
    }

    /** What a peer has of it. */
    @Snake
    @Schema(name = "DistributorRoute")
    public record Announced(
            @Schema(description = "The amphora that announces it")
            String speakerId,

            String peerId,

            @Schema(nullable = true, description = "null while the speaker can't be asked") @Nullable
            String state,

            @Schema(nullable = true, description = "Why it isn't announced") @Nullable
            String reason) {
        static Announced of(MemberStatus.Route one) {
            String state = one.state() == null ? null : one.state().name().toLowerCase(Locale.ROOT);
            return new Announced(one.speakerId(), one.peer().value(), state, one.reason());
        }
    }
}
