// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.driver.Assignment;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.MemberStatus;
import org.l3distributor.distributor.driver.MemberStatus.Reach;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.driver.VipStatus;
import org.l3distributor.distributor.model.PeerRoute;
import org.l3distributor.distributor.model.RouteState;
import org.l3distributor.driver.l3bgp.internal.place.Shortage;
import org.l3distributor.net.IpAddress;

/**
 * What one pass over the amphorae of a VIP has found or brought about, row by row. Filled by the stages of the pass, from
 * several threads.
 */
final class Pass {
    private final Map<Assignment, List<PeerRoute>> routes = new HashMap<>();
    private final Map<Assignment, String> faults = new HashMap<>();
    private final Map<Assignment, String> unserved = new HashMap<>();
    private final Set<Assignment> withdrawn = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    /** What the peers have of a wanted assignment. */
    synchronized void found(Assignment assignment, List<PeerRoute> peers) {
        routes.put(assignment, peers);
        faults.remove(assignment);
    }

    /** The amphora answers, and doesn't announce it, for this reason. */
    synchronized void unserved(Assignment assignment, String reason) {
        unserved.put(assignment, reason);
    }

    /** Why nothing is known of an assignment, or why it couldn't be brought about. */
    synchronized void failed(Assignment assignment, String fault) {
        faults.put(assignment, fault);
    }

    /** Nothing of a leaving assignment is announced any more. */
    synchronized void withdrawn(Assignment assignment) {
        withdrawn.add(assignment);
        faults.remove(assignment);
    }

    synchronized void problem(String text) {
        problems.add(text);
    }

    synchronized Set<Assignment> withdrawn() {
        return Set.copyOf(withdrawn);
    }

    /** Why what should be withdrawn isn't known to be. */
    synchronized List<String> notWithdrawn(VipRecord record) {
        List<String> reasons = new ArrayList<>();
        for (Assignment assignment : record.assignments()) {
            if (assignment.leaving() && !withdrawn.contains(assignment)) {
                String fault = faults.get(assignment);
                reasons.add("not withdrawn: " + text(assignment) + ": " + (fault == null ? "not asked" : fault));
            }
        }
        return reasons;
    }

    /** Why what should be announced isn't known to be. */
    synchronized List<String> notAnnounced(VipRecord record) {
        List<String> reasons = new ArrayList<>();
        for (Assignment assignment : record.assignments()) {
            String reason = assignment.leaving() ? null : whyNot(assignment);
            if (reason != null) {
                reasons.add("not announced: " + text(assignment) + ": " + reason);
            }
        }
        return reasons;
    }

    /** Whether waiting a little may do: all were asked, and some routes are on their way. */
    synchronized boolean pending(VipRecord record) {
        return faults.isEmpty()
                && record.assignments().stream()
                        .anyMatch(a -> !a.leaving() && !unserved.containsKey(a) && whyNot(a) != null);
    }

    /** Whether all were asked, and some announce nothing themselves: as one does that has no listener, for long maybe. */
    synchronized boolean idle(VipRecord record) {
        return faults.isEmpty() && record.assignments().stream().anyMatch(a -> !a.leaving() && unserved.containsKey(a));
    }

    private @Nullable String whyNot(Assignment assignment) {
        String fault = faults.get(assignment);
        if (fault != null) {
            return fault;
        }
        List<PeerRoute> peers = routes.getOrDefault(assignment, List.of());
        if (peers.isEmpty()) {
            return unserved.getOrDefault(assignment, "no peer has it");
        }
        return peers.stream()
                .filter(p -> p.state() != RouteState.ANNOUNCED)
                .map(p -> "peer " + p.peer() + " " + p.state() + (p.reason() == null ? "" : " (" + p.reason() + ")"))
                .reduce((a, b) -> a + ", " + b)
                .orElse(null);
    }

    private static String text(Assignment a) {
        return a.vip() + " via " + a.nextHop() + " by " + a.speakerId() + (a.peer() == null ? "" : " to " + a.peer());
    }

    synchronized VipStatus status(VipRecord record, List<Shortage> shortages) {
        List<MemberStatus> rows = new ArrayList<>();
        for (IpAddress vip : record.vips()) {
            for (Member member : record.members()) {
                rows.add(row(record, member, vip, shortages));
            }
        }
        List<String> all = new ArrayList<>(problems);
        shortages.forEach(s -> all.add(s.toString()));
        all.addAll(notWithdrawn(record));
        all.addAll(notAnnounced(record));
        return new VipStatus(record.key(), rows, all);
    }

    private MemberStatus row(VipRecord record, Member member, IpAddress vip, List<Shortage> shortages) {
        List<Assignment> own = record.assignments().stream()
                .filter(a ->
                        !a.leaving() && a.vip().equals(vip) && a.amphoraId().equals(member.amphoraId()))
                .toList();
        List<MemberStatus.Route> shown = new ArrayList<>();
        for (Assignment assignment : own) {
            for (PeerRoute route : routes.getOrDefault(assignment, List.of())) {
                shown.add(new MemberStatus.Route(assignment.speakerId(), route.peer(), route.state(), route.reason()));
            }
            String fault = faults.get(assignment);
            if (fault != null && assignment.peer() != null) {
                shown.add(new MemberStatus.Route(assignment.speakerId(), assignment.peer(), null, fault));
            }
        }
        IpAddress nextHop = member.nextHop(vip.family()).orElse(null);
        boolean left = shortages.stream()
                .anyMatch(s -> s instanceof Shortage.TooFewSpeakers few
                        && few.vip().equals(vip)
                        && few.left().contains(member.amphoraId()));
        return new MemberStatus(member.amphoraId(), vip, nextHop, reach(own, left), shown);
    }

    private Reach reach(List<Assignment> own, boolean left) {
        if (own.isEmpty()) {
            return Reach.UNPLACED;
        }
        long well = own.stream().filter(a -> whyNot(a) == null).count();
        if (well == own.size() && !left) {
            return Reach.ANNOUNCED;
        }
        boolean some = own.stream()
                .flatMap(a -> routes.getOrDefault(a, List.of()).stream())
                .anyMatch(r -> r.state() == RouteState.ANNOUNCED);
        if (some) {
            return Reach.PARTIAL;
        }
        return own.stream().allMatch(faults::containsKey) ? Reach.UNREACHABLE : Reach.PENDING;
    }
}
