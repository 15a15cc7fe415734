// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.l3distributor.bgp.speaker.Delivery;
import org.l3distributor.bgp.speaker.RouteChange;
import org.l3distributor.bgp.speaker.WantedRoute;
import org.l3distributor.bgp.speaker.internal.rib.ExportRules;
import org.l3distributor.bgp.speaker.internal.rib.WantedTable;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.PeerId;

/** What the owners want, brought to the peers; and the wait for owners that went away. On the loop. */
final class Owners {
    private final EventLoop loop;
    private final Duration grace;
    private final WantedTable table;
    private final Roster roster;
    private final Map<String, Future<?>> leaving = new HashMap<>();

    Owners(EventLoop loop, Duration grace, WantedTable table, Roster roster) {
        this.loop = loop;
        this.grace = grace;
        this.table = table;
        this.roster = roster;
    }

    /** An owner has come, or says what it wants: it is there, perhaps again. */
    void comes(String name) {
        Future<?> end = leaving.remove(name);
        if (end != null) {
            end.cancel(false);
        }
    }

    /** An owner goes; its routes stay for the time of grace, unless it says something before that is over. */
    void leaves(String name) {
        comes(name);
        if (table.difference(name, List.of()).removed().isEmpty()) {
            return;
        }
        SpeakerLog.ownerLeft(name, grace.toSeconds());
        leaving.put(name, loop.schedule(() -> gone(name), grace.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void gone(String name) {
        WantedTable.Difference difference = table.difference(name, List.of());
        SpeakerLog.ownerGone(name, difference.removed().size());
        change(name, difference.removed().stream().map(RouteChange::withdraw).toList(), Map.of());
    }

    void replace(String name, List<WantedRoute> routes, Map<PeerId, CompletableFuture<Delivery>> answers) {
        WantedTable.Difference difference = table.difference(name, routes);
        List<RouteChange> changes = new ArrayList<>();
        difference.removed().forEach(w -> changes.add(RouteChange.withdraw(w)));
        difference.added().forEach(w -> changes.add(RouteChange.announce(w)));
        change(name, changes, answers);
    }

    void change(String name, List<RouteChange> changes, Map<PeerId, CompletableFuture<Delivery>> answers) {
        comes(name);
        Set<IpPrefix> touched = touched(name, changes);
        for (PeerLoop peer : roster.peers()) {
            for (IpPrefix prefix : touched) {
                bring(peer, prefix, table);
            }
            CompletableFuture<Delivery> answer = answers.get(peer.id());
            if (answer != null) {
                Answers.answer(peer, changes, table, answer);
            }
            peer.flushSoon();
        }
        answers.forEach((id, answer) -> {
            if (roster.peer(id) == null) {
                answer.complete(new Delivery(Delivery.State.SESSION_DOWN, null, "the peer is no longer configured"));
            }
        });
    }

    /** This peer should have what the table has for it. */
    static void bring(PeerLoop peer, IpPrefix prefix, WantedTable table) {
        WantedRoute selected = table.select(prefix, peer.id());
        if (selected == null) {
            peer.rib().want(prefix);
        } else {
            peer.rib()
                    .want(
                            prefix,
                            selected.route().nextHop(),
                            ExportRules.bandwidth(peer.settings(), selected.bandwidth()));
        }
    }

    private Set<IpPrefix> touched(String name, List<RouteChange> changes) {
        Set<IpPrefix> touched = new LinkedHashSet<>();
        for (RouteChange change : changes) {
            boolean differs = change.action() == RouteChange.Action.ANNOUNCE
                    ? table.add(name, change.wanted())
                    : table.remove(name, change.wanted());
            if (differs) {
                touched.add(change.wanted().route().prefix());
            }
        }
        return touched;
    }
}
