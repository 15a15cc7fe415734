// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.driver.Assignment;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.SpeakerHost;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

class PlacementTest {
    private static final IpAddress VIP = IpAddress.parse("203.0.113.10");
    private static final IpAddress VIP6 = IpAddress.parse("2001:db8:100::10");
    private static final PeerId TOR1 = new PeerId("tor1");
    private static final PeerId TOR2 = new PeerId("tor2");
    private static final Set<AddressFamily> BOTH = Set.of(AddressFamily.IPV4, AddressFamily.IPV6);

    private static Member member(int number) {
        return new Member(
                "a" + number,
                null,
                List.of(IpAddress.parse("10.20.0." + number), IpAddress.parse("2001:db8:f::" + number)),
                "");
    }

    private static List<Member> members(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(PlacementTest::member).toList();
    }

    private static SpeakerHost.Peer peer(PeerId id, boolean addPath) {
        return new SpeakerHost.Peer(id, BOTH, addPath);
    }

    private static SpeakerHost speaker(int number, String domain, boolean alive, SpeakerHost.Peer... peers) {
        InetSocketAddress api = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9443);
        return new SpeakerHost("s" + number, api, domain, alive, List.of(peers));
    }

    private static List<SpeakerHost> speakers(int count, int domains) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> speaker(i, "rack" + i % domains, true, peer(TOR1, false), peer(TOR2, false)))
                .toList();
    }

    private static Placed place(List<Member> members, List<SpeakerHost> speakers, int redundancy, Placed before) {
        return Placement.place(
                List.of(VIP), members, speakers, redundancy, before == null ? List.of() : before.assignments());
    }

    @Test
    void asManySpeakersAsMembers_eachAnnouncesOne_toEveryPeer() {
        Placed placed = place(members(3), speakers(3, 3), 1, null);
        assertThat(placed.shortages()).isEmpty();
        assertThat(placed.assignments()).hasSize(6);
        for (PeerId peer : List.of(TOR1, TOR2)) {
            assertThat(placed.assignments().stream().filter(a -> peer.equals(a.peer())))
                    .extracting(Assignment::speakerId)
                    .containsExactlyInAnyOrder("s1", "s2", "s3");
        }
        Map<String, Set<String>> perSpeaker = placed.assignments().stream()
                .collect(Collectors.groupingBy(
                        Assignment::speakerId, Collectors.mapping(Assignment::amphoraId, Collectors.toSet())));
        assertThat(perSpeaker.values())
                .as("a speaker tells all of its peers the same")
                .allSatisfy(s -> assertThat(s).hasSize(1));
    }

    @Test
    void fewerSpeakersThanMembers_isToldWithThoseWhoAreLeft() {
        Placed placed = place(members(3), speakers(2, 2), 1, null);
        assertThat(placed.assignments()).hasSize(4);
        assertThat(placed.shortages()).hasSize(2).allSatisfy(s -> {
            assertThat(s.grave()).isTrue();
            assertThat(s).isInstanceOfSatisfying(Shortage.TooFewSpeakers.class, few -> {
                assertThat(few.speakers()).isEqualTo(2);
                assertThat(few.left()).hasSize(1);
            });
            assertThat(s.toString()).contains("another speaker is needed", few(s));
        });
    }

    private static String few(Shortage shortage) {
        return ((Shortage.TooFewSpeakers) shortage).left().get(0);
    }

    @Test
    void addPath_letsOneSpeakerAnnounceAll() {
        List<SpeakerHost> one = List.of(speaker(1, "r", true, peer(TOR1, true)));
        Placed placed = place(members(8), one, 1, null);
        assertThat(placed.shortages()).isEmpty();
        assertThat(placed.assignments()).hasSize(8);
    }

    @Test
    void addPath_ofOnePeerOnly_doesNotHelpTheOther() {
        List<SpeakerHost> one = List.of(speaker(1, "r", true, peer(TOR1, true), peer(TOR2, false)));
        Placed placed = place(members(2), one, 1, null);
        assertThat(placed.assignments().stream().filter(a -> TOR1.equals(a.peer())))
                .hasSize(2);
        assertThat(placed.assignments().stream().filter(a -> TOR2.equals(a.peer())))
                .hasSize(1);
        assertThat(placed.shortages()).singleElement().isInstanceOf(Shortage.TooFewSpeakers.class);
    }

    @Test
    void redundancyOfTwo_isSpreadOverFailureDomains() {
        for (int members = 1; members <= 6; members++) {
            Placed placed = place(members(members), speakers(2 * members, 2), 2, null);
            assertThat(placed.shortages()).isEmpty();
            domains(placed, speakers(2 * members, 2))
                    .forEach((amphora, domains) ->
                            assertThat(domains).as(amphora).hasSize(2));
        }
    }

    private static Map<String, Set<String>> domains(Placed placed, List<SpeakerHost> speakers) {
        Map<String, String> of =
                speakers.stream().collect(Collectors.toMap(SpeakerHost::amphoraId, SpeakerHost::failureDomain));
        Map<String, Set<String>> domains = new TreeMap<>();
        placed.assignments().stream()
                .filter(a -> TOR1.equals(a.peer()))
                .forEach(a -> domains.computeIfAbsent(a.amphoraId(), id -> new HashSet<>())
                        .add(of.get(a.speakerId())));
        return domains;
    }

    @Test
    void redundancyThatCantBeHad_isToldAndNotGrave() {
        Placed placed = place(members(2), speakers(3, 3), 2, null);
        assertThat(placed.assignments().stream().filter(a -> TOR1.equals(a.peer())))
                .hasSize(3);
        assertThat(placed.shortages()).hasSize(2).allSatisfy(s -> {
            assertThat(s).isInstanceOf(Shortage.NotRedundant.class);
            assertThat(s.grave()).isFalse();
        });
    }

    @Test
    void memberThatComes_takesASpareAndMovesNothingElse() {
        Placed before = place(members(2), speakers(4, 2), 2, null);
        Placed after = place(members(3), speakers(4, 2), 2, before);
        assertThat(moved(before, after)).as("one spare at each of two peers").hasSize(2);
        assertThat(after.assignments()).extracting(Assignment::amphoraId).contains("a3");
    }

    @Test
    void speakerThatDies_isReplacedByAFreeOne_andNothingElseMoves() {
        Placed before = place(members(3), speakers(4, 2), 1, null);
        String dead = before.assignments().get(0).speakerId();
        List<SpeakerHost> left = speakers(4, 2).stream()
                .map(s -> new SpeakerHost(
                        s.amphoraId(),
                        s.api(),
                        s.failureDomain(),
                        !s.amphoraId().equals(dead),
                        s.peers()))
                .toList();
        Placed after = place(members(3), left, 1, before);
        assertThat(after.shortages()).isEmpty();
        assertThat(moved(before, after))
                .allSatisfy(a -> assertThat(a.speakerId()).isEqualTo(dead));
        assertThat(after.assignments()).extracting(Assignment::speakerId).doesNotContain(dead);
    }

    @Test
    void frontEndAddressThatChanges_movesThatNextHopOnly() {
        Placed before = place(members(3), speakers(3, 3), 1, null);
        Member moved = new Member("a2", null, List.of(IpAddress.parse("10.20.0.222")), "");
        Placed after = place(List.of(member(1), moved, member(3)), speakers(3, 3), 1, before);
        assertThat(moved(before, after))
                .allSatisfy(a -> assertThat(a.amphoraId()).isEqualTo("a2"));
        assertThat(after.assignments()).hasSize(6);
    }

    @Test
    void familyThatAPeerOrMemberLacks_isNotAnnouncedAndTold() {
        SpeakerHost.Peer v4 = new SpeakerHost.Peer(TOR1, Set.of(AddressFamily.IPV4), false);
        Member only4 = new Member("a1", null, List.of(IpAddress.parse("10.20.0.1")), "");
        Placed placed =
                Placement.place(List.of(VIP, VIP6), List.of(only4), List.of(speaker(1, "r", true, v4)), 1, List.of());
        assertThat(placed.assignments())
                .singleElement()
                .satisfies(a -> assertThat(a.vip()).isEqualTo(VIP));
        assertThat(placed.shortages()).containsExactly(new Shortage.NoNextHop(VIP6, "a1"));
        Placed none =
                Placement.place(List.of(VIP6), List.of(member(1)), List.of(speaker(1, "r", true, v4)), 1, List.of());
        assertThat(none.shortages()).containsExactly(new Shortage.NoSpeaker(VIP6));
    }

    @Test
    void noMembers_needNoSpeakers() {
        assertThat(place(List.of(), List.of(), 2, null)).isEqualTo(new Placed(List.of(), List.of()));
    }

    @Test
    void manyVips_useAllSpeakersAlike() {
        Map<String, Integer> load = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            IpAddress vip = IpAddress.v4(0xCB00_7100 + i);
            Placement.place(List.of(vip), members(2), speakers(8, 4), 1, List.of())
                    .assignments()
                    .forEach(a -> load.merge(a.speakerId(), 1, Integer::sum));
        }
        assertThat(load).hasSize(8);
        assertThat(load.values())
                .allSatisfy(n -> assertThat(n).as("500 each, by chance").isBetween(400, 600));
    }

    /** What was there before, and isn't any more although its member is. */
    private static Set<Assignment> moved(Placed before, Placed after) {
        Set<Assignment> moved = new HashSet<>(before.assignments());
        after.assignments().forEach(moved::remove);
        return moved;
    }

    /** All clusters of up to 5 members and 6 speakers, with and without ADD-PATH, through every single change. */
    @Test
    void everySmallCluster_throughEverySingleChange_keepsTheRules() {
        int checked = 0;
        for (int memberCount = 0; memberCount <= 5; memberCount++) {
            for (int speakerCount = 0; speakerCount <= 6; speakerCount++) {
                for (int redundancy = 1; redundancy <= 3; redundancy++) {
                    for (int addPaths = 0; addPaths <= Math.min(2, speakerCount); addPaths++) {
                        List<SpeakerHost> speakers = mixed(speakerCount, addPaths);
                        List<Member> members = members(memberCount);
                        Placed before = place(members, speakers, redundancy, null);
                        rules(before, members, speakers, redundancy);
                        again(before, members, speakers, redundancy);
                        checked += changes(before, members, speakers, redundancy);
                    }
                }
            }
        }
        assertThat(checked).isGreaterThan(2000);
    }

    private static List<SpeakerHost> mixed(int count, int addPaths) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> speaker(i, "rack" + i % 3, true, peer(TOR1, i <= addPaths), peer(TOR2, i <= addPaths)))
                .toList();
    }

    private static int changes(Placed before, List<Member> members, List<SpeakerHost> speakers, int redundancy) {
        int checked = 0;
        for (Member gone : members) {
            List<Member> left = members.stream().filter(m -> m != gone).toList();
            Placed after = place(left, speakers, redundancy, before);
            rules(after, left, speakers, redundancy);
            assertThat(moved(before, after))
                    .as("a member that goes moves no other")
                    .allSatisfy(a -> assertThat(a.amphoraId()).isEqualTo(gone.amphoraId()));
            checked++;
        }
        for (SpeakerHost gone : speakers) {
            List<SpeakerHost> left = speakers.stream().filter(s -> s != gone).toList();
            Placed after = place(members, left, redundancy, before);
            rules(after, members, left, redundancy);
            keepsOne(before, after, left);
            checked++;
        }
        List<Member> more = new ArrayList<>(members);
        more.add(member(9));
        Placed after = place(more, speakers, redundancy, before);
        rules(after, more, speakers, redundancy);
        keepsOne(before, after, speakers);
        assertThat(moved(before, after).size())
                .as("a member that comes moves at most one spare at each of two peers")
                .isLessThanOrEqualTo(2);
        return checked + 1;
    }

    private static void again(Placed before, List<Member> members, List<SpeakerHost> speakers, int redundancy) {
        assertThat(place(members, speakers, redundancy, before))
                .as("a second look changes nothing")
                .isEqualTo(before);
        List<Member> shuffled = new ArrayList<>(members);
        java.util.Collections.shuffle(shuffled, new Random(1));
        List<SpeakerHost> mixed = new ArrayList<>(speakers);
        java.util.Collections.shuffle(mixed, new Random(2));
        assertThat(place(shuffled, mixed, redundancy, null))
                .as("order decides nothing")
                .isEqualTo(before);
    }

    /** A next hop that was announced by a speaker that is left is announced by one of those still. */
    private static void keepsOne(Placed before, Placed after, List<SpeakerHost> left) {
        Set<String> alive = left.stream().map(SpeakerHost::amphoraId).collect(Collectors.toSet());
        for (Assignment a : before.assignments()) {
            if (alive.contains(a.speakerId())) {
                assertThat(after.assignments())
                        .as(a + " was announced by a living speaker, and by none of those before now")
                        .anyMatch(b -> b.amphoraId().equals(a.amphoraId())
                                && b.peer().equals(a.peer())
                                && before.assignments().contains(b));
            }
        }
    }

    /** What holds for every placement. */
    private static void rules(Placed placed, List<Member> members, List<SpeakerHost> speakers, int redundancy) {
        assertThat(placed.assignments()).doesNotHaveDuplicates();
        for (PeerId peer : List.of(TOR1, TOR2)) {
            List<Assignment> here = placed.assignments().stream()
                    .filter(a -> peer.equals(a.peer()))
                    .toList();
            Map<String, Long> perSpeaker =
                    here.stream().collect(Collectors.groupingBy(Assignment::speakerId, Collectors.counting()));
            for (SpeakerHost speaker : speakers) {
                boolean many = speaker.peers().get(0).addPath();
                assertThat(perSpeaker.getOrDefault(speaker.amphoraId(), 0L))
                        .as("one next hop for each speaker, VIP and peer without ADD-PATH")
                        .isLessThanOrEqualTo(many ? members.size() : 1);
            }
            Map<String, Long> perMember =
                    here.stream().collect(Collectors.groupingBy(Assignment::amphoraId, Collectors.counting()));
            assertThat(perMember.values()).allSatisfy(n -> assertThat(n).isBetween(1L, (long) redundancy));
            long addPaths =
                    speakers.stream().filter(s -> s.peers().get(0).addPath()).count();
            long single = speakers.size() - addPaths;
            long reachable = addPaths > 0 ? members.size() : Math.min(members.size(), single);
            assertThat(perMember)
                    .as("as many next hops as can be are announced")
                    .hasSize((int) reachable);
            boolean grave = placed.shortages().stream().anyMatch(s -> s.grave() && mentions(s, peer));
            assertThat(grave).as("who isn't announced is told").isEqualTo(perMember.size() < members.size());
        }
    }

    private static boolean mentions(Shortage shortage, PeerId peer) {
        return shortage instanceof Shortage.NoSpeaker
                || shortage instanceof Shortage.TooFewSpeakers few && few.peer().equals(peer);
    }

    /** Long random lives: members and speakers come, go, die and move. */
    @Test
    void randomLives_keepTheRules() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<Member> members = new ArrayList<>(members(random.nextInt(5)));
            List<SpeakerHost> speakers = new ArrayList<>(mixed(random.nextInt(7), random.nextInt(2)));
            int redundancy = 1 + random.nextInt(3);
            Placed placed = place(members, speakers, redundancy, null);
            for (int step = 0; step < 60; step++) {
                change(random, members, speakers);
                placed = place(members, speakers, redundancy, placed);
                rules(placed, members, speakers, redundancy);
            }
        }
    }

    private static void change(Random random, List<Member> members, List<SpeakerHost> speakers) {
        int number = 1 + random.nextInt(8);
        switch (random.nextInt(4)) {
            case 0 -> {
                members.removeIf(m -> m.amphoraId().equals("a" + number));
                members.add(member(number));
            }
            case 1 -> members.removeIf(m -> m.amphoraId().equals("a" + number));
            case 2 -> {
                boolean addPath = random.nextInt(5) == 0;
                speakers.removeIf(s -> s.amphoraId().equals("s" + number));
                speakers.add(speaker(number, "rack" + number % 3, true, peer(TOR1, addPath), peer(TOR2, addPath)));
            }
            default -> speakers.removeIf(s -> s.amphoraId().equals("s" + number));
        }
    }
}
