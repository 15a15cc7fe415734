// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.LoadBalancerDraft.VipDraft;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.net.IpAddress;

/** What may be said of a load balancer, and when. Pure; every broken rule is said at once. */
public final class LoadBalancerRules {
    private static final List<String> UNSUPPORTED =
            List.of("vip_port_id", "vip_qos_policy_id", "availability_zone", "listeners", "pools");
    private static final Set<String> CREATE = Set.of(
            "name",
            "description",
            "admin_state_up",
            "tags",
            "project_id",
            "tenant_id",
            "vip_address",
            "vip_network_id",
            "vip_subnet_id",
            "additional_vips",
            "provider",
            "frontend_network_id",
            "frontend_subnet_id",
            "amphora_count",
            "vip_port_id",
            "vip_qos_policy_id",
            "flavor_id",
            "availability_zone",
            "listeners",
            "pools");
    private static final Set<String> CHANGE =
            Set.of("name", "description", "admin_state_up", "tags", "amphora_count", "vip_qos_policy_id");

    /** More next hops than this is no route that common routers take whole. */
    private static final int MOST_AMPHORAE = 64;

    private static final Set<String> ADDITIONAL = Set.of("subnet_id", "ip_address");

    private LoadBalancerRules() {}

    /** Reads {@code {"loadbalancer": {...}}}. */
    public static Outcome<LoadBalancerDraft> create(Map<?, ?> body) {
        Input input = Input.open(body, "load_balancer", "loadbalancer", CREATE);
        HeaderDraft header = HeaderRules.draft(input);
        String project = input.text("project_id", 36);
        String tenant = input.text("tenant_id", 36);
        String network = input.uuid("vip_network_id");
        String subnet = input.uuid("vip_subnet_id");
        IpAddress address = unicast(input, "vip_address", input.address("vip_address"));
        List<VipDraft> additional = additional(input);
        String frontendNetwork = input.uuid("frontend_network_id");
        String frontendSubnet = input.uuid("frontend_subnet_id");
        Integer amphorae = amphorae(input, "amphora_count");
        String flavor = input.uuid("flavor_id");
        String provider = input.text("provider", 64);
        if (provider != null && !provider.equals(Words.PROVIDER) && !provider.equals("amphora")) {
            input.add(Refusal.invalid("provider", provider, "Provider '" + provider + "' is not enabled."));
        }
        Words.unsupported(input, UNSUPPORTED);
        return input.result(in -> {
            if (network == null && subnet == null) {
                in.add(Refusal.invalid(
                        "vip_subnet_id",
                        null,
                        "Validation failure: VIP must contain one of: vip_network_id, vip_subnet_id."));
            }
            return new LoadBalancerDraft(
                    header,
                    project == null ? tenant : project,
                    network,
                    subnet,
                    address,
                    additional,
                    frontendNetwork,
                    frontendSubnet,
                    amphorae,
                    flavor);
        });
    }

    private static @Nullable Integer amphorae(Input input, String field) {
        return input.whole(field, 1, MOST_AMPHORAE);
    }

    private static List<VipDraft> additional(Input input) {
        List<VipDraft> vips = new ArrayList<>();
        List<Map<?, ?>> given = input.objects("additional_vips");
        if (given != null) {
            for (Map<?, ?> one : given) {
                Input vip = input.within(one, "load_balancer.loadbalancer.additional_vips", ADDITIONAL);
                vip.required("subnet_id");
                String subnet = vip.uuid("subnet_id");
                IpAddress address = unicast(vip, "ip_address", vip.address("ip_address"));
                if (subnet != null) {
                    vips.add(new VipDraft(subnet, address));
                }
            }
        }
        return vips;
    }

    private static @Nullable IpAddress unicast(Input input, String field, @Nullable IpAddress address) {
        if (address != null
                && (address.isUnspecified()
                        || address.isLoopback()
                        || address.isMulticast()
                        || address.isLinkLocal()
                        || address.isBroadcast()
                        || address.isIpv4Mapped())) {
            input.add(Words.validation(
                    field,
                    address.toString(),
                    field + " " + address + " is not an address that hosts can be routed to."));
        }
        return address;
    }

    /** Reads {@code {"loadbalancer": {...}}}. Another number of amphorae and another admin state are two changes. */
    public static Outcome<LoadBalancerChange> change(Map<?, ?> body) {
        Input input = Input.open(body, "load_balancer", "loadbalancer", CHANGE);
        HeaderChange header = HeaderRules.change(input);
        LoadBalancerChange change =
                new LoadBalancerChange(header, input.removal("amphora_count", f -> amphorae(input, f)));
        Words.unsupported(input, UNSUPPORTED);
        if (change.scales() && header.enabled().given()) {
            input.add(Words.validation(
                    "amphora_count",
                    String.valueOf(change.amphoraCount().value()),
                    "amphora_count and admin_state_up can't be changed in the same request."));
        }
        return input.result(in -> change);
    }

    /**
     * Why a distributor can't be had by a user, in Octavia's words of flavors, which is what users choose distributors by;
     * empty when it can.
     *
     * @param found null when there is none of the id
     */
    public static Optional<Refusal> choosable(String flavorId, @Nullable Distributor found) {
        if (found == null) {
            return Optional.of(Words.validation("flavor_id", flavorId, "Invalid flavor_id."));
        }
        return found.status() == ProvisioningStatus.ACTIVE
                ? Optional.empty()
                : Optional.of(Refusal.invalid(
                        "flavor_id", flavorId, "The selected flavor is not allowed in this deployment: " + flavorId));
    }

    /** Finds the place for a draft among the networks. */
    public static Outcome<LoadBalancerPlace> place(LoadBalancerDraft draft, NetworkSnapshot networks) {
        Places places = new Places(networks);
        Vip vip = places.vip(draft);
        List<Vip> additional = vip == null ? List.of() : places.additional(draft, vip);
        String frontend = vip == null ? null : places.frontend(draft, vip);
        if (frontend != null && vip != null && places.refusals().isEmpty()) {
            places.secondFrontEnd(frontend, vip, additional);
        }
        if (vip == null || frontend == null || !places.refusals().isEmpty()) {
            return Outcome.refused(places.refusals());
        }
        return Outcome.done(new LoadBalancerPlace(vip, additional, places.networkOf(frontend), frontend));
    }

    /** Why a load balancer may not be changed now; empty when it may. */
    public static Optional<Refusal> changeable(LoadBalancer loadBalancer) {
        return loadBalancer.header().provisioning().isMutable()
                ? Optional.empty()
                : Optional.of(Words.pending(loadBalancer));
    }

    /** Why a load balancer may not be failed over now; empty when it may. */
    public static Optional<Refusal> failoverable(LoadBalancer loadBalancer) {
        return loadBalancer.header().provisioning().isDeletable()
                ? Optional.empty()
                : Optional.of(Words.pending(loadBalancer));
    }

    /** Why a load balancer may not be deleted now; empty when it may. */
    public static Optional<Refusal> deletable(LoadBalancerView view, boolean cascade) {
        if (!cascade && !(view.listenerIds().isEmpty() && view.poolIds().isEmpty())) {
            return Optional.of(Words.validation(
                    "cascade",
                    "false",
                    "Cannot delete Load Balancer " + view.loadBalancer().id() + " - it has children"));
        }
        return failoverable(view.loadBalancer());
    }

    /** Why what belongs to a load balancer may not be made, changed or deleted now; empty when it may. */
    static Optional<Refusal> open(LoadBalancer loadBalancer) {
        return loadBalancer.header().provisioning().isMutable()
                ? Optional.empty()
                : Optional.of(Words.immutable(Words.LOAD_BALANCER, loadBalancer.id()));
    }
}
