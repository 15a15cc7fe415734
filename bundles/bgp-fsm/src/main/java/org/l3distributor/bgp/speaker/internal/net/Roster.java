// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.message.BgpError;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.speaker.PeerEvent;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.SettingsChange;
import org.l3distributor.bgp.speaker.SpeakerSettings;
import org.l3distributor.bgp.speaker.internal.fsm.Peer;
import org.l3distributor.bgp.speaker.internal.rib.WantedTable;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.PeerId;

/** The peers: made, changed and taken away as the settings say, and handed the connections that are theirs. On the loop. */
final class Roster {
    private final EventLoop loop;
    private final Peer.Pace pace;
    private final RandomGenerator random;
    private final WantedTable table;
    private final Consumer<PeerEvent> listeners;
    private final TcpConnector connector;
    private final Listener listener;
    private final Map<PeerId, PeerLoop> peers = new LinkedHashMap<>();

    Roster(EventLoop loop, Peer.Pace pace, RandomGenerator random, WantedTable table, Consumer<PeerEvent> listeners) {
        this.loop = loop;
        this.pace = pace;
        this.random = random;
        this.table = table;
        this.listeners = listeners;
        this.connector = new TcpConnector(loop);
        this.listener = new Listener(loop, this::accept);
    }

    Collection<PeerLoop> peers() {
        return peers.values();
    }

    @Nullable
    PeerLoop peer(PeerId id) {
        return peers.get(id);
    }

    /** Returns the views of the peers that are there now, in the order of the settings. */
    List<PeerView> configure(SpeakerSettings wanted) {
        int removed = removeAllBut(wanted);
        listener.configure(wanted);
        int added = 0;
        int changed = 0;
        Map<PeerId, PeerView> views = new LinkedHashMap<>();
        for (PeerSettings settings : wanted.peers()) {
            PeerLoop running = peers.get(settings.id());
            if (running == null) {
                running = add(settings);
                added++;
            } else if (!running.settings().equals(settings)) {
                change(running, settings);
                changed++;
            }
            views.put(settings.id(), running.view());
        }
        if (added + changed + removed > 0) {
            SpeakerLog.configured(wanted.peers().size(), added, changed, removed);
        }
        return List.copyOf(views.values());
    }

    private PeerLoop add(PeerSettings settings) {
        PeerLoop made = new PeerLoop(loop, connector, settings, pace, random, listeners);
        peers.put(settings.id(), made);
        bringAll(made);
        if (settings.enabled()) {
            made.start();
        }
        return made;
    }

    private void bringAll(PeerLoop peer) {
        for (IpPrefix prefix : table.prefixes()) {
            Owners.bring(peer, prefix, table);
        }
        peer.countRoutes();
    }

    private int removeAllBut(SpeakerSettings wanted) {
        int removed = 0;
        for (PeerLoop peer : List.copyOf(peers.values())) {
            if (wanted.peers().stream().noneMatch(p -> p.id().equals(peer.id()))) {
                peers.remove(peer.id());
                peer.stop(NotificationMessage.of(BgpError.PEER_DECONFIGURED), "the peer is no longer configured");
                removed++;
            }
        }
        return removed;
    }

    /** What a change does is decided by {@link SettingsChange}; "enabled" alone is a stop or a start. */
    private void change(PeerLoop running, PeerSettings settings) {
        PeerSettings before = running.settings();
        boolean reset = SettingsChange.between(before, settings).stream()
                .anyMatch(c ->
                        c.effect() == SettingsChange.Effect.RESET && !c.field().equals("enabled"));
        running.configure(settings);
        bringAll(running); // what a route says to this peer may have changed
        running.flushSoon();
        if (!settings.enabled()) {
            running.stop(NotificationMessage.administrativeShutdown("peer disabled by the operator"), "disabled");
        } else if (!before.enabled()) {
            running.start();
        } else if (reset) {
            running.reset(NotificationMessage.of(BgpError.OTHER_CONFIGURATION_CHANGE), "its settings changed");
        }
    }

    private void accept(Channel channel) {
        InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        IpAddress address = IpAddress.of(remote.getAddress());
        for (PeerLoop peer : peers.values()) {
            if (peer.settings().address().equals(address)) {
                peer.accept(channel);
                return;
            }
        }
        SpeakerLog.stranger(remote);
        ChannelFuture unused = channel.close();
    }

    /** Cease, administrative shutdown, to everybody; nobody may connect any more. */
    void shutdown(String communication) {
        listener.close();
        peers.values().forEach(p -> p.stop(NotificationMessage.administrativeShutdown(communication), "shutting down"));
    }
}
