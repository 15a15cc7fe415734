// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Header;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.LoadBalancerTree.PoolTree;
import org.l3distributor.distributor.controller.Member;

/** A load balancer's tree of states. */
@Schema(name = "StatusTree")
public record StatusBody(LoadBalancerStatus loadbalancer) {
    @Snake
    @Schema(name = "LoadBalancerStatus")
    public record LoadBalancerStatus(
            String id,
            String name,
            String operatingStatus,
            String provisioningStatus,
            List<ListenerStatus> listeners) {}

    @Snake
    @Schema(name = "ListenerStatus")
    public record ListenerStatus(
            String id, String name, String operatingStatus, String provisioningStatus, List<PoolStatus> pools) {}

    @Snake
    @Schema(name = "PoolStatus")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PoolStatus(
            String id,
            String name,
            String provisioningStatus,
            String operatingStatus,
            @Nullable MonitorStatus healthMonitor,
            List<MemberStatus> members) {}

    @Snake
    @Schema(name = "HealthMonitorStatus")
    public record MonitorStatus(
            String id, String name, String type, String provisioningStatus, String operatingStatus) {}

    @Snake
    @Schema(name = "MemberStatus")
    public record MemberStatus(
            String id,
            String name,
            String operatingStatus,
            String provisioningStatus,
            String address,
            int protocolPort) {}

    public static StatusBody of(LoadBalancerTree tree) {
        Header header = tree.loadBalancer().header();
        return new StatusBody(new LoadBalancerStatus(
                header.id(),
                header.name(),
                header.operating().name(),
                header.provisioning().name(),
                tree.listeners().stream().map(l -> of(tree, l)).toList()));
    }

    private static ListenerStatus of(LoadBalancerTree tree, Listener listener) {
        Header header = listener.header();
        return new ListenerStatus(
                header.id(),
                header.name(),
                header.operating().name(),
                header.provisioning().name(),
                tree.pools().stream()
                        .filter(p -> p.pool().id().equals(listener.defaultPoolId()))
                        .map(StatusBody::of)
                        .toList());
    }

    private static PoolStatus of(PoolTree tree) {
        Header header = tree.pool().header();
        HealthMonitor monitor = tree.monitor();
        return new PoolStatus(
                header.id(),
                header.name(),
                header.provisioning().name(),
                header.operating().name(),
                monitor == null
                        ? null
                        : new MonitorStatus(
                                monitor.id(),
                                monitor.header().name(),
                                monitor.type().word(),
                                monitor.header().provisioning().name(),
                                monitor.header().operating().name()),
                tree.members().stream().map(StatusBody::of).toList());
    }

    private static MemberStatus of(Member member) {
        Header header = member.header();
        return new MemberStatus(
                header.id(),
                header.name(),
                header.operating().name(),
                header.provisioning().name(),
                member.address().toString(),
                member.protocolPort());
    }
}
