// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal.place;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.l3distributor.distributor.driver.Assignment;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.SpeakerHost;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/**
 * Decides which speaker announces which next hop to which peer.
 *
 * <p>A router balances over what it is told itself, so every peer is to be told of every next hop. BGP takes one next hop
 * for a prefix from one speaker (RFC 4271, 3.1), unless both sides have ADD-PATH (RFC 7911): so each speaker has one
 * place for each VIP and peer, or any number with ADD-PATH. Peers are decided on independently by the same rule, so that
 * a speaker tells peers which have the same speakers the same.
 *
 * <p>What stands stays where it is, as far as it may: moving a next hop makes the router's group change, which breaks
 * connections on an ordinary fabric. Only the spare of a next hop that has several speakers is ever moved, and only for
 * a next hop that has none.
 */
public final class Placement {
    private Placement() {}

    /**
     * @param redundancy how many speakers announce each next hop to each peer where there are enough, at least 1
     * @param before the assignments that stand; those that are leaving, or are none any more, are passed over
     */
    public static Placed place(
            Collection<IpAddress> vips,
            Collection<Member> members,
            Collection<SpeakerHost> speakers,
            int redundancy,
            Collection<Assignment> before) {
        List<Assignment> placed = new ArrayList<>();
        List<Shortage> shortages = new ArrayList<>();
        for (IpAddress vip : vips) {
            List<Member> served = new ArrayList<>();
            for (Member member : members) {
                if (member.nextHop(vip.family()).isPresent()) {
                    served.add(member);
                } else {
                    shortages.add(new Shortage.NoNextHop(vip, member.amphoraId()));
                }
            }
            Map<PeerId, List<Seat>> seats = seats(vip, speakers);
            if (seats.isEmpty() && !served.isEmpty()) {
                shortages.add(new Shortage.NoSpeaker(vip));
            }
            seats.forEach((peer, forPeer) -> {
                OnePeer one = new OnePeer(vip, peer, served, forPeer, redundancy);
                one.keep(before);
                one.fill();
                placed.addAll(one.assignments());
                shortages.addAll(one.shortages());
            });
        }
        return new Placed(placed, shortages);
    }

    /** Whom each peer may be told by: living speakers, by id. */
    private static Map<PeerId, List<Seat>> seats(IpAddress vip, Collection<SpeakerHost> speakers) {
        Map<PeerId, Map<String, Seat>> byPeer = new TreeMap<>();
        for (SpeakerHost speaker : speakers) {
            for (SpeakerHost.Peer peer : speaker.peers()) {
                if (speaker.alive() && peer.families().contains(vip.family())) {
                    Seat seat = new Seat(speaker.amphoraId(), speaker.failureDomain(), peer.addPath());
                    byPeer.computeIfAbsent(peer.id(), id -> new TreeMap<>()).put(seat.speakerId(), seat);
                }
            }
        }
        Map<PeerId, List<Seat>> seats = new TreeMap<>();
        byPeer.forEach((peer, all) -> seats.put(peer, List.copyOf(all.values())));
        return seats;
    }

    /** A speaker as seen from one peer. */
    record Seat(String speakerId, String domain, boolean many) {}

    /** The wanted assignment that a member has at a seat. */
    static Assignment at(Seat seat, Member member, IpAddress vip, PeerId peer) {
        Optional<IpAddress> nextHop = member.nextHop(vip.family());
        return Assignment.wanted(seat.speakerId(), member.amphoraId(), vip, nextHop.orElseThrow(), peer);
    }

    static boolean same(Assignment assignment, Seat seat, Member member, IpAddress vip, PeerId peer) {
        return !assignment.leaving()
                && assignment.speakerId().equals(seat.speakerId())
                && Objects.equals(assignment.peer(), peer)
                && assignment.vip().equals(vip)
                && assignment.amphoraId().equals(member.amphoraId())
                && assignment.nextHop().equals(member.nextHop(vip.family()).orElse(null));
    }
}
