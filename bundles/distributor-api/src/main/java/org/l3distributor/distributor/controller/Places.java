// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.LoadBalancerDraft.VipDraft;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;

/** Finds the networks and subnets of a draft, and says which don't fit together. */
final class Places {
    private final NetworkSnapshot networks;
    private final List<Refusal> refusals = new ArrayList<>();

    Places(NetworkSnapshot networks) {
        this.networks = networks;
    }

    List<Refusal> refusals() {
        return refusals;
    }

    String networkOf(String subnetId) {
        return networks.subnet(subnetId).orElseThrow().networkId();
    }

    @Nullable
    Vip vip(LoadBalancerDraft draft) {
        Subnet subnet = vipSubnet(draft);
        if (subnet == null) {
            return null;
        }
        inside("vip_address", draft.vipAddress(), subnet);
        return new Vip(draft.vipAddress(), null, subnet.networkId(), subnet.id());
    }

    private @Nullable Subnet vipSubnet(LoadBalancerDraft draft) {
        String network = draft.vipNetworkId();
        if (network != null && !networks.hasNetwork(network)) {
            refusals.add(Words.subresource("vip_network_id", "Network", network));
            return null;
        }
        if (draft.vipSubnetId() != null) {
            return subnet("vip_subnet_id", draft.vipSubnetId(), network);
        }
        List<Subnet> all = network == null ? List.of() : networks.of(network);
        IpAddress address = draft.vipAddress();
        Optional<Subnet> found = address == null
                ? firstOfIpv4(all)
                : all.stream().filter(s -> s.cidr().contains(address)).findFirst();
        if (found.isEmpty()) {
            refusals.add(
                    address == null
                            ? Words.validation("vip_network_id", network, "Supplied network does not contain a subnet.")
                            : Words.validation(
                                    "vip_address",
                                    address.toString(),
                                    "Supplied network does not contain a subnet for VIP address specified."));
        }
        return found.orElse(null);
    }

    private static Optional<Subnet> firstOfIpv4(List<Subnet> subnets) {
        return subnets.stream()
                .filter(s -> s.cidr().family() == AddressFamily.IPV4)
                .findFirst()
                .or(() -> subnets.stream().findFirst());
    }

    /** A subnet that is named, of the network that is named, if one is. */
    private @Nullable Subnet subnet(String field, String id, @Nullable String networkId) {
        Optional<Subnet> found = networks.subnet(id);
        if (found.isEmpty() || (networkId != null && !found.get().networkId().equals(networkId))) {
            refusals.add(Words.subresource(field, "Subnet", id));
            return null;
        }
        return found.get();
    }

    /** Octavia leaves it to Neutron to find an address outside of its subnet, and gives on what that says. */
    private void inside(String field, @Nullable IpAddress address, Subnet subnet) {
        if (address != null && !subnet.cidr().contains(address)) {
            refusals.add(Refusal.invalid(
                    field,
                    address.toString(),
                    "IP address " + address + " is not a valid IP for the specified subnet."));
        }
    }

    List<Vip> additional(LoadBalancerDraft draft, Vip first) {
        Set<String> used = new HashSet<>(Set.of(first.subnetId()));
        List<Vip> vips = new ArrayList<>();
        for (VipDraft wish : draft.additionalVips()) {
            Subnet subnet = subnet("additional_vips", wish.subnetId(), null);
            if (subnet == null) {
                continue;
            }
            if (!used.add(subnet.id())) {
                refusals.add(Words.validation(
                        "additional_vips",
                        subnet.id(),
                        "Duplicate VIP subnet(s) specified. Only one IP can be bound per subnet."));
            } else if (!subnet.networkId().equals(first.networkId())) {
                refusals.add(Words.validation(
                        "additional_vips", subnet.id(), "All VIP subnets must belong to the same network."));
            } else {
                inside("additional_vips", wish.address(), subnet);
                vips.add(new Vip(wish.address(), null, subnet.networkId(), subnet.id()));
            }
        }
        return vips;
    }

    /** The front end's subnet: as said, else the first of the network that is said, else the VIP's. */
    @Nullable
    String frontend(LoadBalancerDraft draft, Vip vip) {
        String network = draft.frontendNetworkId();
        if (network != null && !networks.hasNetwork(network)) {
            refusals.add(Words.subresource("frontend_network_id", "Network", network));
            return null;
        }
        AddressFamily family =
                networks.subnet(vip.subnetId()).orElseThrow().cidr().family();
        if (draft.frontendSubnetId() != null) {
            Subnet subnet = subnet("frontend_subnet_id", draft.frontendSubnetId(), network);
            if (subnet != null && subnet.cidr().family() != family) {
                refusals.add(
                        Words.validation(
                                "frontend_subnet_id",
                                subnet.id(),
                                "The front-end subnet must be of the VIP's IP version: its addresses are next hops of the VIP."));
            }
            return subnet == null ? null : subnet.id();
        }
        if (network == null || network.equals(vip.networkId())) {
            return vip.subnetId();
        }
        Optional<Subnet> first = networks.of(network).stream()
                .filter(s -> s.cidr().family() == family)
                .findFirst();
        if (first.isEmpty()) {
            refusals.add(Words.validation(
                    "frontend_network_id",
                    network,
                    "Supplied network does not contain a subnet of the VIP's IP version."));
        }
        return first.map(Subnet::id).orElse(null);
    }

    /** VIPs of both IP versions need front-end addresses of both. */
    void secondFrontEnd(String frontendSubnetId, Vip vip, List<Vip> additional) {
        Subnet frontend = networks.subnet(frontendSubnetId).orElseThrow();
        List<Subnet> vips = Stream.concat(Stream.of(vip), additional.stream())
                .flatMap(v -> networks.subnet(v.subnetId()).stream())
                .toList();
        if (FrontEnds.needsSecond(frontend, vips)
                && FrontEnds.second(frontend, networks.of(frontend.networkId()), vips)
                        .isEmpty()) {
            refusals.add(Words.validation(
                    "additional_vips",
                    frontend.networkId(),
                    "The front-end network does not contain an IPv"
                            + FrontEnds.other(frontend.cidr().family()).ipVersion()
                            + " subnet, which additional VIPs of that version need for their next hops."));
        }
    }
}
