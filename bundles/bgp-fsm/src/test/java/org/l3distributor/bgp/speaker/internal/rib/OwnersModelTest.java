// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.rib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.l3distributor.bgp.speaker.Route;
import org.l3distributor.bgp.speaker.WantedRoute;
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
    private final Map<WantedRoute, Set<String>> model = new LinkedHashMap<>();
    private final List<SlowPeer> peers = List.of(new SlowPeer("left"), new SlowPeer("right"));
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

    /** The model's answer: of the wishes for this peer, the one that has been there longest. */
    private IpAddress wants(SlowPeer peer, IpPrefix prefix) {
        return model.keySet().stream()
                .filter(wanted -> wanted.route().prefix().equals(prefix))
                .filter(wanted -> wanted.peer() == null || wanted.peer().equals(peer.id))
                .map(wanted -> wanted.route().nextHop())
                .findFirst()
                .orElse(null);
    }

    private Map<IpPrefix, IpAddress> wants(SlowPeer peer) {
        Map<IpPrefix, IpAddress> all = new HashMap<>();
        PREFIXES.forEach(prefix -> all.computeIfAbsent(prefix, p -> wants(peer, p)));
        return all;
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
        return new WantedRoute(new Route(prefix, nextHop), target);
    }

    private void want(String owner, WantedRoute wanted) {
        boolean news = model.computeIfAbsent(wanted, w -> new HashSet<>()).add(owner);
        assertThat(table.add(owner, wanted)).isEqualTo(news);
        touched(Set.of(wanted));
    }

    private void unwant(String owner, WantedRoute wanted) {
        Set<String> owners = model.getOrDefault(wanted, new HashSet<>());
        assertThat(table.remove(owner, wanted)).isEqualTo(owners.remove(owner));
        model.values().removeIf(Set::isEmpty);
        touched(Set.of(wanted));
    }

    /** As the speaker does: all changes first, then each prefix once. */
    private void replace(String owner, Set<WantedRoute> routes) {
        WantedTable.Difference difference = table.difference(owner, routes);
        Set<WantedRoute> all = new LinkedHashSet<>(difference.removed());
        all.addAll(difference.added());
        difference.removed().forEach(wanted -> table.remove(owner, wanted));
        difference.added().forEach(wanted -> table.add(owner, wanted));
        for (WantedRoute wanted : List.copyOf(model.keySet())) {
            if (!routes.contains(wanted)) {
                model.get(wanted).remove(owner);
            }
        }
        model.values().removeIf(Set::isEmpty);
        difference
                .added()
                .forEach(wanted ->
                        model.computeIfAbsent(wanted, w -> new HashSet<>()).add(owner));
        assertThat(table.difference(owner, routes)).isEqualTo(new WantedTable.Difference(List.of(), List.of()));
        touched(all);
    }

    private void touched(Set<WantedRoute> changes) {
        clock++;
        for (WantedRoute change : changes) {
            IpPrefix prefix = change.route().prefix();
            changedAt.put(prefix, clock);
            for (SlowPeer peer : peers) {
                assertThat(table.select(prefix, peer.id)).isEqualTo(wants(peer, prefix));
                peer.rib.want(prefix, table.select(prefix, peer.id));
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
        if (!model.containsKey(wanted)) {
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
            assertThat(peer.receiver.table).isEqualTo(wants(peer));
        }
    }

    @Test
    void anyBurst_isSentAsItsDifferenceAndNothingElse() {
        for (SlowPeer peer : peers) {
            peer.up();
            peer.settle();
        }
        for (int burst = 0; burst < 1_000; burst++) {
            List<Map<IpPrefix, IpAddress>> before =
                    peers.stream().map(this::wants).toList();
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

    private static List<String> difference(Map<IpPrefix, IpAddress> before, Map<IpPrefix, IpAddress> after) {
        List<String> words = new ArrayList<>();
        for (IpPrefix prefix : PREFIXES) {
            IpAddress now = after.get(prefix);
            if (now == null && before.containsKey(prefix)) {
                words.add("- " + prefix);
            } else if (now != null && !now.equals(before.get(prefix))) {
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
}
