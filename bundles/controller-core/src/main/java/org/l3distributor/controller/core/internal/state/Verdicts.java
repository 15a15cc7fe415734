// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.state;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.LoadBalancerTree.PoolTree;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.heartbeat.Heartbeat;

/**
 * One state out of several opinions. Each amphora's words mean what Octavia takes them for; where amphorae disagree, what
 * works for some clients and not for others is DEGRADED. So a member is ONLINE when all see it up, ERROR when none does.
 * A load balancer's state is that of the active-active topology: how many of its amphorae serve, if anybody leads to them.
 */
public final class Verdicts {
    private Verdicts() {}

    /**
     * What is to be said of listeners, pools and members, by id; nothing is said of what no opinion is about.
     *
     * @param opinions of the amphorae that serve
     */
    public static Map<String, OperatingStatus> of(LoadBalancerTree tree, List<Opinion> opinions) {
        Map<String, OperatingStatus> verdicts = new HashMap<>();
        if (opinions.isEmpty()) {
            return verdicts;
        }
        for (Listener listener : tree.listeners()) {
            one(opinions.stream().flatMap(o -> listener(tree, listener, o).stream()))
                    .ifPresent(state -> verdicts.put(listener.id(), state));
        }
        for (PoolTree pool : tree.pools()) {
            pool(tree, pool, opinions, verdicts);
        }
        return verdicts;
    }

    /** What is to be said of a load balancer that so many amphorae serve; while it is changed, its flow says it. */
    public static Optional<OperatingStatus> whole(LoadBalancer loadBalancer, int serving, Lead lead) {
        if (loadBalancer.header().provisioning() != ProvisioningStatus.ACTIVE) {
            return Optional.empty();
        }
        return Optional.of(of(loadBalancer, serving, lead));
    }

    /** By the specification of the active-active topology. */
    public static OperatingStatus of(LoadBalancer loadBalancer, int serving, Lead lead) {
        if (!loadBalancer.header().enabled()) {
            return OperatingStatus.OFFLINE;
        } else if (serving == 0 || lead == Lead.NONE) {
            return OperatingStatus.ERROR;
        }
        boolean whole = serving >= loadBalancer.amphoraCount() && lead == Lead.THERE;
        return whole ? OperatingStatus.ONLINE : OperatingStatus.DEGRADED;
    }

    /** While a change is on its way some amphorae have it and others haven't: what isn't there says nothing. */
    private static boolean isSettled(LoadBalancerTree tree) {
        ProvisioningStatus status = tree.loadBalancer().header().provisioning();
        return status == ProvisioningStatus.ACTIVE || status == ProvisioningStatus.ERROR;
    }

    private static Optional<OperatingStatus> listener(LoadBalancerTree tree, Listener listener, Opinion opinion) {
        String word = opinion.listeners().get(listener.id());
        if (word == null) {
            return Optional.of(Opinion.runs(tree, listener) ? OperatingStatus.ERROR : OperatingStatus.OFFLINE)
                    .filter(state -> isSettled(tree));
        }
        return switch (word) {
            case "OPEN" -> Optional.of(OperatingStatus.ONLINE);
            case "FULL" -> Optional.of(OperatingStatus.DEGRADED);
            default -> Optional.empty();
        };
    }

    private static void pool(
            LoadBalancerTree tree, PoolTree pool, List<Opinion> opinions, Map<String, OperatingStatus> verdicts) {
        String id = pool.pool().id();
        List<Heartbeat.Pool> backends = new ArrayList<>();
        opinions.forEach(opinion -> backends.addAll(opinion.pool(id)));
        if (backends.isEmpty()) { // no listener runs it
            if (isSettled(tree)) {
                verdicts.put(id, OperatingStatus.OFFLINE);
            }
            return;
        }
        one(backends.stream().flatMap(b -> backend(pool, b).stream())).ifPresent(state -> verdicts.put(id, state));
        for (Member member : pool.members()) {
            one(backends.stream().flatMap(b -> member(tree, member, b).stream()))
                    .ifPresent(state -> verdicts.put(member.id(), state));
        }
    }

    /** A back end that is up without some of its members is half well. */
    private static Optional<OperatingStatus> backend(PoolTree pool, Heartbeat.Pool backend) {
        boolean hurt = pool.members().stream()
                .anyMatch(m -> backend.members().getOrDefault(m.id(), "").startsWith("DOWN"));
        return switch (backend.status()) {
            case "UP" -> Optional.of(hurt ? OperatingStatus.DEGRADED : OperatingStatus.ONLINE);
            case "DOWN" -> Optional.of(OperatingStatus.ERROR);
            default -> Optional.empty();
        };
    }

    private static Optional<OperatingStatus> member(LoadBalancerTree tree, Member member, Heartbeat.Pool backend) {
        String word = backend.members().get(member.id());
        if (word == null) {
            boolean says = isSettled(tree) && member.header().operating() != OperatingStatus.NO_MONITOR;
            return says ? Optional.of(OperatingStatus.OFFLINE) : Optional.empty();
        } else if (word.startsWith("UP")) { // or "UP 1/3", on its way down
            return Optional.of(OperatingStatus.ONLINE);
        } else if (word.startsWith("DOWN")) {
            return Optional.of(OperatingStatus.ERROR);
        }
        return switch (word) {
            case "DRAIN" -> Optional.of(OperatingStatus.DRAINING);
            case "MAINT" -> Optional.of(OperatingStatus.OFFLINE);
            case "no check" -> Optional.of(OperatingStatus.NO_MONITOR);
            default -> Optional.empty();
        };
    }

    /** One state for what several amphorae see; whoever doesn't run it has no say where others do. */
    static Optional<OperatingStatus> one(Stream<OperatingStatus> states) {
        Set<OperatingStatus> all = EnumSet.noneOf(OperatingStatus.class);
        states.forEach(all::add);
        if (all.size() > 1) {
            all.remove(OperatingStatus.OFFLINE);
        }
        if (all.contains(OperatingStatus.ERROR) && all.size() > 1) {
            return Optional.of(OperatingStatus.DEGRADED);
        }
        return Stream.of(
                        OperatingStatus.ERROR,
                        OperatingStatus.DEGRADED,
                        OperatingStatus.DRAINING,
                        OperatingStatus.ONLINE,
                        OperatingStatus.NO_MONITOR,
                        OperatingStatus.OFFLINE)
                .filter(all::contains)
                .findFirst();
    }
}
