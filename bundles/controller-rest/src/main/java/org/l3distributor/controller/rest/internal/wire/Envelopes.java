// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What is answered, for the OpenAPI document: one thing, or a page, below its name. */
public final class Envelopes {
    private Envelopes() {}

    @Schema(name = "Link", description = "To the page beside this one")
    public record Link(
            @Schema(allowableValues = {"next", "previous"}) String rel, String href) {}

    @Schema(name = "OneLoadBalancer")
    public record OneLoadBalancer(LoadBalancerBody loadbalancer) {}

    @Schema(name = "LoadBalancers")
    public record LoadBalancers(
            List<LoadBalancerBody> loadbalancers,
            @JsonProperty("loadbalancers_links") List<Link> links) {}

    @Schema(name = "OneListener")
    public record OneListener(ListenerBody listener) {}

    @Schema(name = "Listeners")
    public record Listeners(
            List<ListenerBody> listeners,
            @JsonProperty("listeners_links") List<Link> links) {}

    @Schema(name = "OnePool")
    public record OnePool(PoolBody pool) {}

    @Schema(name = "Pools")
    public record Pools(
            List<PoolBody> pools,
            @JsonProperty("pools_links") List<Link> links) {}

    @Schema(name = "OneMember")
    public record OneMember(MemberBody member) {}

    @Schema(name = "Members")
    public record Members(
            List<MemberBody> members,
            @JsonProperty("members_links") List<Link> links) {}

    @Schema(name = "OneHealthMonitor")
    public record OneHealthMonitor(HealthMonitorBody healthmonitor) {}

    @Schema(name = "HealthMonitors")
    public record HealthMonitors(
            List<HealthMonitorBody> healthmonitors,
            @JsonProperty("healthmonitors_links") List<Link> links) {}

    @Schema(name = "Statuses")
    public record Statuses(StatusBody statuses) {}

    @Schema(name = "Stats")
    public record Stats(StatisticsBody stats) {}

    @Schema(name = "Networks")
    public record Networks(List<NetworkBodies.NetworkBody> networks) {}

    @Schema(name = "OneNetwork")
    public record OneNetwork(NetworkBodies.NetworkBody network) {}

    @Schema(name = "Subnets")
    public record Subnets(List<NetworkBodies.SubnetBody> subnets) {}

    @Schema(name = "OneSubnet")
    public record OneSubnet(NetworkBodies.SubnetBody subnet) {}

    @Schema(name = "Ports")
    public record Ports(List<NetworkBodies.PortBody> ports) {}

    @Schema(name = "Provider")
    public record Provider(String name, String description) {}

    @Schema(name = "Providers")
    public record Providers(List<Provider> providers) {}

    @Schema(name = "Flavor")
    public record Flavor(
            @Schema(description = "The id of the distributor that it stands for")
            String id,

            String name,
            String description,
            boolean enabled) {}

    @Schema(name = "Flavors")
    public record Flavors(
            List<Flavor> flavors,
            @JsonProperty("flavors_links") List<Link> links) {}

    @Schema(name = "OneFlavor")
    public record OneFlavor(Flavor flavor) {}

    @Schema(name = "OneAmphora")
    public record OneAmphora(AmphoraBody amphora) {}

    @Schema(name = "Amphorae")
    public record Amphorae(
            List<AmphoraBody> amphorae,
            @JsonProperty("amphorae_links") List<Link> links) {}

    @Schema(name = "AmphoraStats")
    public record AmphoraStats(
            @JsonProperty("amphora_stats") List<AmphoraBody.Traffic> stats) {}

    @Schema(name = "SilentAmphorae")
    public record Silent(SilentBody silent) {}

    @Schema(name = "OneDistributor")
    public record OneDistributor(DistributorBody distributor) {}

    @Schema(name = "Distributors")
    public record Distributors(
            List<DistributorBody> distributors,
            @JsonProperty("distributors_links") List<Link> links) {}

    @Schema(name = "OneDistributorStatus")
    public record OneDistributorStatus(DistributorBody.Now status) {}

    @Schema(name = "OneBgpSpeaker")
    public record OneSpeaker(BgpBodies.SpeakerBody speaker) {}

    @Schema(name = "BgpSpeakers")
    public record Speakers(
            List<BgpBodies.SpeakerBody> speakers,
            @JsonProperty("speakers_links") List<Link> links) {}

    @Schema(name = "OneBgpPeer")
    public record OnePeer(BgpBodies.PeerBody peer) {}

    @Schema(name = "BgpPeers")
    public record Peers(
            List<BgpBodies.PeerBody> peers,
            @JsonProperty("peers_links") List<Link> links) {}
}
