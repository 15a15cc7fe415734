// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.rib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.l3distributor.bgp.speaker.LinkBandwidth;
import org.l3distributor.bgp.speaker.Route;
import org.l3distributor.bgp.speaker.WantedRoute;
import org.l3distributor.bgp.speaker.internal.Settings;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.PeerId;

/** Owners that want and leave, two peers that come, go and read slowly, beside a model that only remembers who wants what. */
class OwnersModelTest {
    private static final List<String> OWNERS = List.of("rest", "haproxy", "console");
    private static final List<IpPrefix> PREFIXES = prefixes();

    private final Random random = new Random(8212);
    private final WantedTable table = new WantedTable();
    /** Wishes without a bandwidth, and who has them with which one. */
    private final Map<WantedRoute, Map<String, Float>> model = new LinkedHashMap<>();
    /** The right one is told of bandwidths. */
    private final List<SlowPeer> peers = List.of(
            new SlowPeer("left", Settings.EBGP),
            new SlowPeer("right", Settings.weighing(Settings.EBGP, LinkBandwidth.TRANSITIVE)));

    private final Map<IpPrefix, Integer> changedAt = new HashMap<>();
    private int clock;

    private static List<IpPrefix> prefixes() {
        List<IpPrefix> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(IpPrefix.parse("203.0.113." + i + "/32"));
            all.add(IpPrefix.parse("2001:db8::" + i + "/128"));
        }
        return all;
    }

    private static final class Wanted extends HashMap<IpPrefix, IpAddress> {
        final Map<IpPrefix, Double> bandwidths = new HashMap<>();
    }

    /** The model's answer: of the wishes for this peer, the one that has been there longest. */
    private IpAddress wants(SlowPeer peer, IpPrefix prefix) {
        return wishes(peer, prefix)
                .map(wanted -> wanted.route().nextHop())
                .findFirst()
                .orElse(null);
    }

    /** And the highest bandwidth that anybody wants for its next hop there; 0 = none. */
    private float bandwidth(SlowPeer peer, IpPrefix prefix) {
        IpAddress nextHop = wants(peer, prefix);
        return wishes(peer, prefix)
                .filter(wanted -> wanted.route().nextHop().equals(nextHop))
                .flatMap(wanted -> model.get(wanted).values().stream())
                .max(Float::compare)
                .orElse(0f);
    }

    private Stream<WantedRoute> wishes(SlowPeer peer, IpPrefix prefix) {
        return model.keySet().stream()
                .filter(wanted -> wanted.route().prefix().equals(prefix))
                .filter(wanted -> wanted.peer() == null || wanted.peer().equals(peer.id));
    }

    private Wanted wants(SlowPeer peer) {
        Wanted all = new Wanted();
        for (IpPrefix prefix : PREFIXES) {
            all.computeIfAbsent(prefix, p -> wants(peer, p));
            float bandwidth = bandwidth(peer, prefix);
            if (bandwidth > 0 && peer == peers.get(1)) {
                all.bandwidths.put(prefix, (double) bandwidth);
            }
        }
        return all;
    }

    private void assertHasAll(SlowPeer peer) {
        Wanted wants = wants(peer);
        assertThat(peer.receiver.table).isEqualTo(wants);
        assertThat(peer.receiver.bandwidths).isEqualTo(wants.bandwidths);
    }

    /** Checks, when it is told, that what it waited for has arrived, save what was changed since. */
    private void await(SlowPeer peer) {
        int since = clock;
        peer.await(() -> {
            for (IpPrefix prefix : PREFIXES) {
                if (changedAt.getOrDefault(prefix, 0) <= since) {
                    assertThat(peer.receiver.table.get(prefix)).isEqualTo(wants(peer, prefix));
                }
            }
        });
    }

    private WantedRoute anyRoute() {
        IpPrefix prefix = PREFIXES.get(random.nextInt(PREFIXES.size()));
        String network = prefix.family() == AddressFamily.IPV4 ? "10.20.0." : "2001:db8:f::";
        IpAddress nextHop = IpAddress.parse(network + (1 + random.nextInt(3)));
        PeerId target = random.nextInt(3) > 0 ? null : peers.get(random.nextInt(2)).id;
        return new WantedRoute(new Route(prefix, nextHop), target, random.nextInt(3) * 125_000f);
    }

    private void want(String owner, WantedRoute wanted) {
        Float before = model.computeIfAbsent(wanted.withBandwidth(0), w -> new HashMap<>())
                .put(owner, wanted.bandwidth());
        assertThat(table.add(owner, wanted)).isEqualTo(before == null || before != wanted.bandwidth());
        touched(Set.of(wanted));
    }

    private void unwant(String owner, WantedRoute wanted) {
        Map<String, Float> owners = model.getOrDefault(wanted.withBandwidth(0), new HashMap<>());
        assertThat(table.remove(owner, wanted)).isEqualTo(owners.remove(owner) != null);
        model.values().removeIf(Map::isEmpty);
        touched(Set.of(wanted));
    }

    /** As the speaker does: all changes first, then each prefix once. */
    private void replace(String owner, Set<WantedRoute> routes) {
        WantedTable.Difference difference = table.difference(owner, routes);
        Set<WantedRoute> all = new LinkedHashSet<>(difference.removed());
        all.addAll(difference.added());
        difference.removed().forEach(wanted -> table.remove(owner, wanted));
        difference.added().forEach(wanted -> table.add(owner, wanted));
        Map<WantedRoute, Float> target = new LinkedHashMap<>();
        routes.forEach(wanted -> target.put(wanted.withBandwidth(0), wanted.bandwidth()));
        for (WantedRoute wanted : List.copyOf(model.keySet())) {
            if (!target.containsKey(wanted)) {
                model.get(wanted).remove(owner);
            }
        }
        model.values().removeIf(Map::isEmpty);
        target.forEach((wanted, bandwidth) ->
                model.computeIfAbsent(wanted, w -> new HashMap<>()).put(owner, bandwidth));
        assertThat(table.difference(owner, routes)).isEqualTo(new WantedTable.Difference(List.of(), List.of()));
        touched(all);
    }

    private void touched(Set<WantedRoute> changes) {
        clock++;
        for (WantedRoute change : changes) {
            IpPrefix prefix = change.route().prefix();
            changedAt.put(prefix, clock);
            for (SlowPeer peer : peers) {
                WantedRoute selected = table.select(prefix, peer.id);
                assertThat(table.nextHop(prefix, peer.id)).isEqualTo(wants(peer, prefix));
                assertThat(selected == null ? 0 : selected.bandwidth()).isEqualTo(bandwidth(peer, prefix));
                peer.want(prefix, selected);
            }
        }
    }

    private void change() {
        String owner = OWNERS.get(random.nextInt(OWNERS.size()));
        switch (random.nextInt(12)) {
            case 0 -> {
                Set<WantedRoute> routes = new LinkedHashSet<>();
                for (int i = random.nextInt(8); i > 0; i--) {
                    routes.add(anyRoute());
                }
                replace(owner, routes);
            }
            case 1, 2, 3, 4, 5 -> unwant(owner, anyRoute());
            default -> want(owner, anyRoute());
        }
    }

    private void anything() {
        SlowPeer peer = peers.get(random.nextInt(2));
        switch (random.nextInt(40)) {
            case 0 -> peer.up();
            case 1 -> peer.down();
            case 2 -> peer.rib.resend(AddressFamily.IPV4, random.nextBoolean());
            case 3 -> peer.settle();
            case 4, 5, 6 -> peer.handOut();
            case 7, 8, 9, 10 -> peer.write();
            case 11, 12, 13, 14 -> await(peer);
            case 15 -> thereAndBack(peer);
            default -> change();
        }
    }

    private void thereAndBack(SlowPeer peer) {
        WantedRoute wanted = anyRoute();
        if (!model.containsKey(wanted.withBandwidth(0))) {
            peer.handOut();
            want("rest", wanted);
            await(peer);
            unwant("rest", wanted);
            peer.settle();
        }
    }

    @Test
    void anyChangesAndTrouble_leaveEachPeerWithTheModelsTableAndEachTicketToldOnce() {
        for (int i = 0; i < 30_000; i++) {
            anything();
            for (SlowPeer peer : peers) {
                peer.assertNobodyIsToldTwice();
            }
        }
        for (SlowPeer peer : peers) {
            if (!peer.rib.isUp()) {
                peer.up();
            }
            peer.settle();
            assertHasAll(peer);
        }
    }

    @Test
    void anyBurst_isSentAsItsDifferenceAndNothingElse() {
        for (SlowPeer peer : peers) {
            peer.up();
            peer.settle();
        }
        for (int burst = 0; burst < 1_000; burst++) {
            List<Wanted> before = peers.stream().map(this::wants).toList();
            peers.forEach(each -> each.receiver.words.clear());
            for (int i = random.nextInt(20); i > 0; i--) {
                change();
            }
            for (int i = 0; i < peers.size(); i++) {
                SlowPeer peer = peers.get(i);
                await(peer);
                peer.settle();
                assertThat(peer.receiver.words)
                        .containsExactlyInAnyOrderElementsOf(difference(before.get(i), wants(peer)));
            }
        }
    }

    private static List<String> difference(Wanted before, Wanted after) {
        List<String> words = new ArrayList<>();
        for (IpPrefix prefix : PREFIXES) {
            IpAddress now = after.get(prefix);
            if (now == null && before.containsKey(prefix)) {
                words.add("- " + prefix);
            } else if (now != null
                    && !(now.equals(before.get(prefix))
                            && Objects.equals(after.bandwidths.get(prefix), before.bandwidths.get(prefix)))) {
                words.add("+ " + prefix);
            }
        }
        return words;
    }

    @Test
    void ownersThatVanish_takeTheirRoutesAlongAndNoOthers() {
        SlowPeer left = peers.get(0);
        left.up();
        left.settle();
        WantedRoute shared = new WantedRoute(new Route(PREFIXES.get(0), IpAddress.parse("10.20.0.1")), null);
        WantedRoute own = new WantedRoute(new Route(PREFIXES.get(2), IpAddress.parse("10.20.0.1")), null);
        replace("rest", Set.of(shared, own));
        want("haproxy", shared);
        left.settle();
        left.receiver.words.clear();
        replace("rest", Set.of());
        left.settle();
        assertThat(left.receiver.words).containsExactly("- " + PREFIXES.get(2));
        replace("haproxy", Set.of());
        left.settle();
        assertThat(left.receiver.table).isEmpty();
        assertThat(left.rib.toldCount()).isZero();
    }

    @Test
    void ownerThatReplacesItsNextHop_isOneUpdateWithoutAWithdrawal() {
        SlowPeer left = peers.get(0);
        WantedRoute first = new WantedRoute(new Route(PREFIXES.get(0), IpAddress.parse("10.20.0.1")), null);
        WantedRoute second = new WantedRoute(new Route(PREFIXES.get(0), IpAddress.parse("10.20.0.2")), null);
        want("rest", first);
        left.up();
        left.settle();
        left.receiver.words.clear();
        left.receiver.updates = 0;
        replace("rest", Set.of(second));
        left.settle();
        assertThat(left.receiver.words).containsExactly("+ " + PREFIXES.get(0));
        assertThat(left.receiver.updates).isEqualTo(1);
    }

    @Test
    void anotherBandwidth_isOneUpdateWhereItIsTold_andNothingElsewhere_norDoesItLoseItsPlace() {
        WantedRoute first = new WantedRoute(new Route(PREFIXES.get(0), IpAddress.parse("10.20.0.1")), null, 125_000);
        WantedRoute second = new WantedRoute(new Route(PREFIXES.get(0), IpAddress.parse("10.20.0.2")), null, 500_000);
        want("rest", first);
        want("haproxy", second);
        for (SlowPeer peer : peers) {
            peer.up();
            peer.settle();
            peer.receiver.words.clear();
            peer.receiver.updates = 0;
        }
        replace("rest", Set.of(first.withBandwidth(250_000)));
        peers.forEach(SlowPeer::settle);
        assertThat(peers.get(0).receiver.updates).isZero();
        assertThat(peers.get(1).receiver.updates).isEqualTo(1);
        assertThat(peers.get(1).receiver.words).containsExactly("+ " + PREFIXES.get(0));
        assertThat(peers.get(1).receiver.bandwidths).containsEntry(PREFIXES.get(0), 250_000.0);
    }
}
