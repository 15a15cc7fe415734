// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.net.IpAddress;

/** What may be said of a member, and when. Pure; every broken rule is said at once. */
public final class MemberRules {
    private static final int MOST_IN_A_BATCH = 1_000;

    /** Where a cloud's hosts find their metadata: a member there would give them to everybody. */
    private static final IpAddress METADATA = IpAddress.parse("169.254.169.254");

    private static final Set<String> CHANGE =
            Set.of("name", "admin_state_up", "tags", "weight", "backup", "monitor_address", "monitor_port");
    private static final Set<String> CREATE = Set.of(
            "name",
            "admin_state_up",
            "tags",
            "weight",
            "backup",
            "monitor_address",
            "monitor_port",
            "address",
            "protocol_port",
            "subnet_id",
            "project_id",
            "tenant_id");

    private MemberRules() {}

    /** Reads {@code {"member": {...}}}. */
    public static Outcome<MemberDraft> create(Map<?, ?> body) {
        Input input = Input.open(body, "member_", "member", CREATE);
        MemberDraft draft = draft(input);
        return input.result(in -> ListenerRules.given(draft));
    }

    /** Reads {@code {"members": [...]}}: all that a pool is to have. */
    public static Outcome<List<MemberDraft>> batch(Map<?, ?> body) {
        Input outer = Input.open(Map.of("members_", body), "members_", "members_", Set.of("members"));
        outer.required("members");
        List<Map<?, ?>> objects = outer.objects("members");
        List<MemberDraft> drafts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        if (objects != null && objects.size() > MOST_IN_A_BATCH) {
            outer.refuse(
                    "members",
                    objects.size() + " members",
                    "Value should have at most " + MOST_IN_A_BATCH + " members");
        } else if (objects != null) {
            for (Map<?, ?> object : objects) {
                MemberDraft draft = draft(outer.within(object, "members_.members", CREATE));
                if (draft != null && seen.add(draft.address() + " " + draft.protocolPort())) {
                    drafts.add(draft);
                } else if (draft != null) {
                    outer.add(duplicate(draft));
                }
            }
        }
        return outer.result(in -> List.copyOf(drafts));
    }

    private static @Nullable MemberDraft draft(Input input) {
        HeaderDraft header = HeaderRules.draft(input);
        String unused = input.text("project_id", 36);
        unused = input.text("tenant_id", 36);
        input.required("address");
        input.required("protocol_port");
        IpAddress address = server(input, "address");
        Integer port = input.whole("protocol_port", 1, 65_535);
        Integer weight = input.whole("weight", 0, 256);
        Boolean backup = input.flag("backup");
        String subnet = input.uuid("subnet_id");
        IpAddress monitorAddress = server(input, "monitor_address");
        Integer monitorPort = input.whole("monitor_port", 1, 65_535);
        return address == null || port == null
                ? null
                : new MemberDraft(
                        header,
                        address,
                        port,
                        weight == null ? 1 : weight,
                        backup != null && backup,
                        subnet,
                        monitorAddress,
                        monitorPort);
    }

    private static @Nullable IpAddress server(Input input, String field) {
        IpAddress address = input.address(field);
        if (address == null) {
            return null;
        }
        boolean reserved = address.equals(METADATA);
        if (reserved || address.isUnspecified() || address.isMulticast() || address.isBroadcast()) {
            input.add(Words.option(
                    field, address.toString(), field.equals("address") ? "member address" : "member " + field));
        }
        return address;
    }

    /** Reads {@code {"member": {...}}}. */
    public static Outcome<MemberChange> change(Map<?, ?> body) {
        Input input = Input.open(body, "member_", "member", CHANGE);
        MemberChange change = new MemberChange(
                HeaderRules.change(input),
                input.change("weight", f -> input.whole(f, 0, 256), 1),
                input.change("backup", input::flag, false),
                input.removal("monitor_address", f -> server(input, f)),
                input.removal("monitor_port", f -> input.whole(f, 1, 65_535)));
        return input.result(in -> change);
    }

    /** Why a new member may not be added to its pool as it stands; empty when it may. */
    public static List<Refusal> admit(
            LoadBalancerTree tree, LoadBalancerTree.PoolTree pool, MemberDraft draft, NetworkSnapshot networks) {
        List<Refusal> refusals = new ArrayList<>();
        changeable(tree, pool).ifPresent(refusals::add);
        if (pool.members().stream().anyMatch(draft::isSameServer)) {
            refusals.add(duplicate(draft));
        }
        subnet(draft, networks).ifPresent(refusals::add);
        return refusals;
    }

    /** Why a batch may not be done as the pool stands; empty when it may. */
    public static List<Refusal> admit(
            LoadBalancerTree tree, LoadBalancerTree.PoolTree pool, List<MemberDraft> drafts, NetworkSnapshot networks) {
        List<Refusal> refusals = new ArrayList<>();
        changeable(tree, pool).ifPresent(refusals::add);
        drafts.stream()
                .filter(d -> pool.members().stream().noneMatch(d::isSameServer))
                .forEach(d -> subnet(d, networks).ifPresent(refusals::add));
        return refusals;
    }

    /** Why a pool's members may not be changed or deleted now; empty when they may. */
    public static Optional<Refusal> changeable(LoadBalancerTree tree, LoadBalancerTree.PoolTree pool) {
        return PoolRules.open(tree, pool.pool());
    }

    private static Optional<Refusal> subnet(MemberDraft draft, NetworkSnapshot networks) {
        String subnetId = draft.subnetId();
        return subnetId == null || networks.subnet(subnetId).isPresent()
                ? Optional.empty()
                : Optional.of(Words.subresource("subnet_id", "Subnet", subnetId));
    }

    private static Refusal duplicate(MemberDraft draft) {
        return Refusal.conflict(
                "address",
                draft.address().toString(),
                "Another member on this pool is already using ip " + draft.address() + " on protocol_port "
                        + draft.protocolPort());
    }
}
