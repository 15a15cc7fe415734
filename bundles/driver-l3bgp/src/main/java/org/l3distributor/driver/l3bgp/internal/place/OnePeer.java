// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal.place;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.l3distributor.distributor.driver.Assignment;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.driver.l3bgp.internal.place.Placement.Seat;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/** The placement of one VIP at one peer, while it is made. */
final class OnePeer {
    private final IpAddress vip;
    private final PeerId peer;
    private final TreeMap<String, Member> members = new TreeMap<>();
    private final List<Seat> seats;
    private final int redundancy;
    private final TreeMap<String, List<Seat>> placed = new TreeMap<>(); // by amphora id; every member has its list

    OnePeer(IpAddress vip, PeerId peer, List<Member> members, List<Seat> seats, int redundancy) {
        this.vip = vip;
        this.peer = peer;
        this.seats = seats;
        this.redundancy = redundancy;
        for (Member member : members) {
            this.members.put(member.amphoraId(), member);
            placed.put(member.amphoraId(), new ArrayList<>());
        }
    }

    /** Takes over what stands and still may: one next hop at a seat that takes one, and no more spares than wanted. */
    void keep(Collection<Assignment> before) {
        for (Seat seat : seats) {
            for (Member member : members.values()) {
                boolean stands = before.stream().anyMatch(a -> Placement.same(a, seat, member, vip, peer));
                if (stands && free(seat)) {
                    at(member.amphoraId()).add(seat);
                }
            }
        }
        for (List<Seat> of : placed.values()) {
            while (of.size() > redundancy) {
                of.remove(leastMissed(of));
            }
        }
    }

    void fill() {
        for (String amphora : List.copyOf(members.keySet())) {
            if (at(amphora).isEmpty()) {
                best(amphora).or(this::spare).ifPresent(seat -> at(amphora).add(seat));
            }
        }
        Optional<String> next = neediest();
        while (next.isPresent()) {
            String amphora = next.get();
            at(amphora).add(best(amphora).orElseThrow());
            next = neediest();
        }
    }

    private List<Seat> at(String amphora) {
        return placed.computeIfAbsent(amphora, id -> new ArrayList<>());
    }

    private boolean free(Seat seat) {
        return seat.many() || placed.values().stream().noneMatch(of -> of.contains(seat));
    }

    /** The member that has the fewest speakers, fewer than wanted, and for which there is another one. */
    private Optional<String> neediest() {
        return members.keySet().stream()
                .filter(id -> !at(id).isEmpty() && at(id).size() < redundancy)
                .filter(id -> best(id).isPresent())
                .min(Comparator.comparingInt((String id) -> at(id).size()).thenComparingLong(id -> weight(id, "")));
    }

    /** A free seat: in a failure domain that the member has no speaker in, then the least used, then by weight. */
    private Optional<Seat> best(String amphora) {
        List<Seat> has = at(amphora);
        return seats.stream()
                .filter(seat -> free(seat) && !has.contains(seat))
                .min(Comparator.comparing((Seat seat) -> shares(seat, has))
                        .thenComparingLong(this::used)
                        .thenComparingLong(seat -> weight(amphora, seat.speakerId())));
    }

    private static boolean shares(Seat seat, List<Seat> has) {
        return has.stream().anyMatch(h -> !h.equals(seat) && h.domain().equals(seat.domain()));
    }

    private long used(Seat seat) {
        return placed.values().stream().filter(of -> of.contains(seat)).count();
    }

    /** Takes a seat away from the member that has the most of them, if it keeps one. */
    private Optional<Seat> spare() {
        Optional<List<Seat>> richest =
                placed.values().stream().filter(of -> of.size() > 1).max(Comparator.comparingInt(List::size));
        return richest.map(of -> {
            Seat seat = leastMissed(of);
            of.remove(seat);
            return seat;
        });
    }

    /** One whose failure domain is there twice, if there is such a one. */
    private static Seat leastMissed(List<Seat> of) {
        Seat least = of.get(of.size() - 1);
        for (Seat seat : of) {
            if (shares(seat, of)) {
                least = seat;
            }
        }
        return least;
    }

    /** Rendezvous: the same for the same three, and otherwise as by chance, so that VIPs spread over the speakers. */
    private long weight(String amphora, String speaker) {
        long hash = 0xCBF2_9CE4_8422_2325L; // FNV-1a, then mixed: its upper bits are poor
        String text = vip + " " + amphora + " " + speaker;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x0000_0100_0000_01B3L;
        }
        hash = (hash ^ hash >>> 32) * 0x9E37_79B9_7F4A_7C15L;
        return hash ^ hash >>> 29;
    }

    List<Assignment> assignments() {
        List<Assignment> all = new ArrayList<>();
        members.forEach((id, member) -> at(id).forEach(seat -> all.add(Placement.at(seat, member, vip, peer))));
        return all;
    }

    List<Shortage> shortages() {
        List<String> left =
                members.keySet().stream().filter(id -> at(id).isEmpty()).toList();
        if (!left.isEmpty()) {
            return List.of(new Shortage.TooFewSpeakers(vip, peer, seats.size(), left));
        }
        List<String> single = members.keySet().stream()
                .filter(id -> at(id).size() < redundancy)
                .toList();
        return single.isEmpty() ? List.of() : List.of(new Shortage.NotRedundant(vip, peer, redundancy, single));
    }
}
