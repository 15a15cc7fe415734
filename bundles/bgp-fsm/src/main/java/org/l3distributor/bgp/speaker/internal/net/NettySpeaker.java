// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.message.BgpError;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.speaker.AdvertisedRoute;
import org.l3distributor.bgp.speaker.BgpSpeaker;
import org.l3distributor.bgp.speaker.Delivery;
import org.l3distributor.bgp.speaker.PeerEvent;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.PeerSnapshot;
import org.l3distributor.bgp.speaker.RouteChange;
import org.l3distributor.bgp.speaker.RouteOwner;
import org.l3distributor.bgp.speaker.SettingsChange;
import org.l3distributor.bgp.speaker.SpeakerSettings;
import org.l3distributor.bgp.speaker.WantedRoute;
import org.l3distributor.bgp.speaker.internal.fsm.Peer;
import org.l3distributor.bgp.speaker.internal.rib.WantedTable;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.PeerId;

/**
 * The speaker: one event loop that owns every peer, their connections and timers, and the table of what is wanted. Callers
 * post to it; the only lock orders the posts, and nothing waits in it.
 */
public final class NettySpeaker implements BgpSpeaker, AutoCloseable {
    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("bgp", true), EpollIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final Object order = new Object();
    private final Peer.Pace pace;
    private final Duration ownerGrace;
    private final RandomGenerator random;
    private final Listener listener = new Listener(loop, this::accept);
    private final TcpConnector connector = new TcpConnector(loop);
    private final WantedTable table = new WantedTable();
    private final Map<PeerId, PeerLoop> peers = new LinkedHashMap<>();
    private final Map<String, Future<?>> leaving = new LinkedHashMap<>();
    private final List<Consumer<PeerEvent>> listeners = new CopyOnWriteArrayList<>();
    private volatile SpeakerSettings settings = SpeakerSettings.NONE;
    private volatile List<PeerLoop> view = List.of();

    public NettySpeaker(Duration ownerGrace, Peer.Pace pace, RandomGenerator random) {
        this.ownerGrace = ownerGrace;
        this.pace = pace;
        this.random = random;
    }

    /** Makes the code that packs tables fast before the first peer is configured; the loop is busy for a moment. */
    public void warmUp() {
        loop.execute(WarmUp::run);
    }

    @Override
    public void configure(SpeakerSettings wanted) {
        synchronized (order) {
            settings = wanted;
            loop.execute(() -> reconfigure(wanted));
        }
    }

    @Override
    public SpeakerSettings settings() {
        return settings;
    }

    private void reconfigure(SpeakerSettings wanted) {
        int removed = 0;
        for (PeerId id : List.copyOf(peers.keySet())) {
            if (wanted.peers().stream().noneMatch(p -> p.id().equals(id))) {
                remove(id);
                removed++;
            }
        }
        listener.configure(wanted);
        int added = 0;
        int changed = 0;
        for (PeerSettings peer : wanted.peers()) {
            PeerLoop running = peers.get(peer.id());
            if (running == null) {
                add(peer);
                added++;
            } else if (!running.settings().equals(peer)) {
                change(running, peer);
                changed++;
            }
        }
        view = wanted.peers().stream().map(p -> peer(p.id())).toList();
        if (added + changed + removed > 0) {
            SpeakerLog.configured(wanted.peers().size(), added, changed, removed);
        }
    }

    private PeerLoop peer(PeerId id) {
        PeerLoop peer = peers.get(id);
        if (peer == null) {
            throw new IllegalStateException("no peer " + id);
        }
        return peer;
    }

    private void add(PeerSettings peer) {
        PeerLoop made = new PeerLoop(loop, connector, peer, pace, random, this::publish);
        peers.put(peer.id(), made);
        for (IpPrefix prefix : table.prefixes()) {
            made.rib().want(prefix, table.select(prefix, peer.id()));
        }
        made.countRoutes();
        if (peer.enabled()) {
            made.start();
        }
    }

    private void remove(PeerId id) {
        PeerLoop gone = peers.remove(id);
        if (gone != null) {
            gone.stop(NotificationMessage.of(BgpError.PEER_DECONFIGURED), "the peer is no longer configured");
        }
    }

    /** What a change does is decided by {@link SettingsChange}; "enabled" alone is a stop or a start. */
    private void change(PeerLoop running, PeerSettings peer) {
        PeerSettings before = running.settings();
        boolean reset = SettingsChange.between(before, peer).stream()
                .anyMatch(c ->
                        c.effect() == SettingsChange.Effect.RESET && !c.field().equals("enabled"));
        running.configure(peer);
        if (!peer.enabled()) {
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
        channel.close();
    }

    private void publish(PeerEvent event) {
        for (Consumer<PeerEvent> each : listeners) {
            each.accept(event);
        }
    }

    @Override
    public RouteOwner owner(String name) {
        loop.execute(() -> stays(name));
        return new Owner(name);
    }

    private void stays(String name) {
        Future<?> end = leaving.remove(name);
        if (end != null) {
            end.cancel(false);
        }
    }

    private final class Owner implements RouteOwner {
        private final String name;

        Owner(String name) {
            this.name = name;
        }

        @Override
        public Map<PeerId, CompletionStage<Delivery>> apply(List<RouteChange> changes) {
            List<RouteChange> all = List.copyOf(changes);
            synchronized (order) {
                Map<PeerId, CompletableFuture<Delivery>> answers = answers(all);
                loop.execute(() -> change(name, all, answers));
                return Map.copyOf(answers);
            }
        }

        @Override
        public Map<PeerId, CompletionStage<Delivery>> replaceAll(Collection<WantedRoute> routes) {
            List<WantedRoute> all = List.copyOf(routes);
            synchronized (order) {
                Map<PeerId, CompletableFuture<Delivery>> answers = new LinkedHashMap<>();
                settings.peers().forEach(p -> answers.put(p.id(), new CompletableFuture<>()));
                loop.execute(() -> replace(name, all, answers));
                return Map.copyOf(answers);
            }
        }

        @Override
        public void leave() {
            loop.execute(() -> {
                stays(name);
                SpeakerLog.ownerLeft(name, ownerGrace.toSeconds());
                leaving.put(name, loop.schedule(() -> gone(name), ownerGrace.toMillis(), TimeUnit.MILLISECONDS));
            });
        }
    }

    private Map<PeerId, CompletableFuture<Delivery>> answers(List<RouteChange> changes) {
        Map<PeerId, CompletableFuture<Delivery>> answers = new LinkedHashMap<>();
        boolean everybody = changes.stream().anyMatch(c -> c.wanted().peer() == null);
        for (PeerSettings peer : settings.peers()) {
            if (everybody
                    || changes.stream()
                            .anyMatch(c -> peer.id().equals(c.wanted().peer()))) {
                answers.put(peer.id(), new CompletableFuture<>());
            }
        }
        return answers;
    }

    private void gone(String name) {
        leaving.remove(name);
        WantedTable.Difference difference = table.difference(name, List.of());
        SpeakerLog.ownerGone(name, difference.removed().size());
        change(name, difference.removed().stream().map(RouteChange::withdraw).toList(), Map.of());
    }

    private void replace(String name, List<WantedRoute> routes, Map<PeerId, CompletableFuture<Delivery>> answers) {
        WantedTable.Difference difference = table.difference(name, routes);
        List<RouteChange> changes = new ArrayList<>();
        difference.removed().forEach(w -> changes.add(RouteChange.withdraw(w)));
        difference.added().forEach(w -> changes.add(RouteChange.announce(w)));
        change(name, changes, answers);
    }

    private void change(String name, List<RouteChange> changes, Map<PeerId, CompletableFuture<Delivery>> answers) {
        Set<IpPrefix> touched = new LinkedHashSet<>();
        for (RouteChange change : changes) {
            boolean differs = change.action() == RouteChange.Action.ANNOUNCE
                    ? table.add(name, change.wanted())
                    : table.remove(name, change.wanted());
            if (differs) {
                touched.add(change.wanted().route().prefix());
            }
        }
        for (PeerLoop peer : peers.values()) {
            for (IpPrefix prefix : touched) {
                peer.rib().want(prefix, table.select(prefix, peer.id()));
            }
            CompletableFuture<Delivery> answer = answers.get(peer.id());
            if (answer != null) {
                Answers.answer(peer, changes, table, answer);
            }
            peer.flushSoon();
        }
        answers.forEach((id, answer) -> {
            if (!peers.containsKey(id)) {
                answer.complete(new Delivery(Delivery.State.SESSION_DOWN, null, "the peer is no longer configured"));
            }
        });
    }

    @Override
    public List<PeerSnapshot> peers() {
        return view.stream().map(PeerLoop::snapshot).toList();
    }

    @Override
    public CompletionStage<List<AdvertisedRoute>> advertised(@Nullable PeerId id) {
        CompletableFuture<List<AdvertisedRoute>> answer = new CompletableFuture<>();
        loop.execute(() -> {
            List<AdvertisedRoute> rows = new ArrayList<>();
            for (PeerLoop peer : peers.values()) {
                if (id == null || id.equals(peer.id())) {
                    AdvertisedRows.of(peer, table, rows);
                }
            }
            rows.sort(Comparator.comparing((AdvertisedRoute r) -> r.route().prefix())
                    .thenComparing(r -> r.route().nextHop())
                    .thenComparing(AdvertisedRoute::peer));
            answer.complete(List.copyOf(rows));
        });
        return answer;
    }

    @Override
    public List<PeerEvent> events(@Nullable PeerId id) {
        return view.stream()
                .filter(p -> id == null || p.id().equals(id))
                .flatMap(p -> p.history().stream())
                .sorted(Comparator.comparing(PeerEvent::at).reversed())
                .toList();
    }

    @Override
    public void clear(PeerId id) {
        onPeer(id, p -> p.reset(NotificationMessage.administrativeReset("session cleared by the operator"), "cleared"));
    }

    @Override
    public void refresh(PeerId id) {
        onPeer(id, PeerLoop::refresh);
    }

    private void onPeer(PeerId id, Consumer<PeerLoop> action) {
        loop.execute(() -> {
            PeerLoop peer = peers.get(id);
            if (peer != null) {
                action.accept(peer);
            }
        });
    }

    @Override
    public AutoCloseable listen(Consumer<PeerEvent> consumer) {
        listeners.add(consumer);
        return () -> listeners.remove(consumer);
    }

    /**
     * Says farewell to every peer (Cease, administrative shutdown) and waits until it is written, at most {@code patience}.
     * The sessions stay closed; {@link #close} ends the loop. May be called more than once.
     */
    public void shutdown(String communication, Duration patience) {
        CountDownLatch said = new CountDownLatch(1);
        loop.execute(() -> {
            listener.close();
            peers.values()
                    .forEach(p -> p.stop(NotificationMessage.administrativeShutdown(communication), "shutting down"));
            said.countDown();
        });
        try {
            said.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever interrupts a farewell wants it short
        }
    }

    @Override
    public void close() {
        shutdown("the appliance stops", Duration.ofSeconds(1));
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
