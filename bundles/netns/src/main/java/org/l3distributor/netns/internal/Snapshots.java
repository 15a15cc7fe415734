// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.InterfaceDescription;
import org.l3distributor.netns.InterfaceEvent;
import org.l3distributor.netns.InterfaceStatus;
import org.l3distributor.netns.Link;
import org.l3distributor.netns.LinkAddress;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.NamespaceState;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.NetnsOperation;
import org.l3distributor.netns.NetnsOperation.OfInterface;
import org.l3distributor.netns.NetnsOperation.OfVip;
import org.l3distributor.netns.VipEvent;
import org.l3distributor.netns.VipStatus;
import org.l3distributor.netns.internal.Reconciler.Pass;

/** Snapshots from passes, and what lies between two of them. */
final class Snapshots {
    private Snapshots() {}

    /**
     * @param unwritten why the plug state couldn't be written after the pass; null when it could
     */
    static NamespaceSnapshot of(
            NamespaceSnapshot before, PlugState state, Pass pass, @Nullable NetnsException unwritten, Instant now) {
        List<VipStatus> vips = new ArrayList<>();
        for (IpAddress vip : state.ownedVips()) {
            boolean wanted = state.wanted().contains(vip);
            boolean onLo = pass.actual().serves(vip);
            vips.add(new VipStatus(vip, wanted, onLo, undone(pass, operation -> concerns(operation, vip))));
        }
        List<InterfaceStatus> interfaces = state.interfaces().values().stream()
                .map(one -> status(one, before.namespace(), pass))
                .toList();
        NetnsException error = pass.error() == null ? unwritten : pass.error();
        NamespaceState next = unwritten == null ? pass.state() : NamespaceState.FAILED;
        Instant since = next == before.state() ? before.since() : now;
        long repaired = before.driftRepaired() + pass.repaired();
        return new NamespaceSnapshot(before.namespace(), next, since, pass.actual(), vips, interfaces, repaired, error);
    }

    private static InterfaceStatus status(InterfaceDescription wanted, String namespace, Pass pass) {
        Optional<Link> link = pass.actual().link(wanted);
        List<LinkAddress> lacking = link.stream()
                .flatMap(one -> wanted.addresses(one.index()).stream())
                .filter(address -> !pass.actual().addresses().contains(address))
                .toList();
        NetnsException error = undone(pass, operation -> concerns(operation, wanted));
        if (error == null && pass.ambiguous().contains(wanted.mac())) {
            error = Placement.ambiguous(wanted.mac(), namespace);
        }
        // That nothing at all can be done is the reason of each, and where nothing is missing the settings' alone.
        boolean unknown = link.isEmpty() && pass.actual().links().isEmpty();
        return new InterfaceStatus(wanted, link.orElse(null), lacking, error == null && unknown ? pass.error() : error);
    }

    private static @Nullable NetnsException undone(Pass pass, Predicate<NetnsOperation> concerns) {
        return pass.undone().entrySet().stream()
                .filter(entry -> concerns.test(entry.getKey()))
                .map(entry -> entry.getValue())
                .findFirst()
                .orElse(null);
    }

    private static boolean concerns(NetnsOperation operation, IpAddress vip) {
        return operation instanceof OfVip of && of.vip().equals(vip);
    }

    private static boolean concerns(NetnsOperation operation, InterfaceDescription wanted) {
        return operation instanceof OfInterface of && of.name().equals(wanted.name());
    }

    /** VIPs that came or went. */
    static List<VipEvent> events(NamespaceSnapshot before, NamespaceSnapshot after) {
        return Stream.concat(before.vips().stream(), after.vips().stream())
                .map(VipStatus::vip)
                .distinct()
                .sorted()
                .filter(vip -> before.onLo(vip) != after.onLo(vip))
                .map(vip -> new VipEvent(after.namespace(), vip, after.onLo(vip)))
                .toList();
    }

    /** Plugged interfaces with another fault or other addresses than before; one that is new had neither. */
    static List<InterfaceEvent> interfaceEvents(NamespaceSnapshot before, NamespaceSnapshot after) {
        return after.interfaces().stream()
                .filter(now -> before.plugged(now.mac())
                        .map(then -> !then.fault().equals(now.fault())
                                || !addresses(then, before).equals(addresses(now, after)))
                        .orElse(true))
                .map(now -> new InterfaceEvent(after.namespace(), now))
                .toList();
    }

    /** Also those that nobody asked for: one of them may be the only next hop of its family. */
    private static Set<LinkAddress> addresses(InterfaceStatus status, NamespaceSnapshot snapshot) {
        Link link = status.link();
        return snapshot.actual().addresses().stream()
                .filter(one -> link != null
                        && one.link() == link.index()
                        && !one.address().isLinkLocal())
                .collect(Collectors.toSet());
    }

    /** Errors in other words than before; the same one again isn't news. */
    static List<NetnsException> newErrors(NamespaceSnapshot before, NamespaceSnapshot after) {
        List<String> known = errors(before).map(NetnsException::getMessage).toList();
        return errors(after)
                .filter(error -> !known.contains(Objects.toString(error.getMessage())))
                .toList();
    }

    private static Stream<NetnsException> errors(NamespaceSnapshot snapshot) {
        return Stream.of(
                        Stream.ofNullable(snapshot.error()),
                        snapshot.vips().stream().flatMap(vip -> Stream.ofNullable(vip.error())),
                        snapshot.interfaces().stream().flatMap(one -> Stream.ofNullable(one.error())))
                .flatMap(errors -> errors)
                .distinct();
    }
}
