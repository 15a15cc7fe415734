// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.speaker.AdvertisedRoute;
import org.l3distributor.bgp.speaker.BgpSpeaker;
import org.l3distributor.bgp.speaker.Delivery;
import org.l3distributor.bgp.speaker.PeerEvent;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.PeerSnapshot;
import org.l3distributor.bgp.speaker.RouteChange;
import org.l3distributor.bgp.speaker.RouteOwner;
import org.l3distributor.bgp.speaker.SpeakerSettings;
import org.l3distributor.bgp.speaker.WantedRoute;
import org.l3distributor.bgp.speaker.internal.fsm.Peer;
import org.l3distributor.bgp.speaker.internal.rib.WantedTable;
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
    private final WantedTable table = new WantedTable();
    private final Roster roster;
    private final Owners owners;
    private final List<Consumer<PeerEvent>> listeners = new CopyOnWriteArrayList<>();
    private volatile SpeakerSettings settings = SpeakerSettings.NONE;
    private volatile List<PeerView> view = List.of();

    public NettySpeaker(Duration ownerGrace, Peer.Pace pace, RandomGenerator random) {
        roster = new Roster(loop, pace, random, table, this::tell);
        owners = new Owners(loop, ownerGrace, table, roster);
    }

    /** A listener that fails must not stop a peer in the middle of a step. */
    private void tell(PeerEvent event) {
        for (Consumer<PeerEvent> listener : listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException e) {
                SpeakerLog.bug("a listener told of " + event, e);
            }
        }
    }

    /** Makes the code that packs tables fast before the first peer is configured; the loop is busy for a moment. */
    public void warmUp() {
        loop.execute(WarmUp::run);
    }

    @Override
    public void configure(SpeakerSettings wanted) {
        synchronized (order) {
            settings = wanted;
            loop.execute(() -> view = roster.configure(wanted));
        }
    }

    @Override
    public SpeakerSettings settings() {
        return settings;
    }

    @Override
    public RouteOwner owner(String name) {
        loop.execute(() -> owners.comes(name));
        return new Owner(name);
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
                loop.execute(() -> owners.change(name, all, answers));
                return Map.copyOf(answers);
            }
        }

        @Override
        public Map<PeerId, CompletionStage<Delivery>> replaceAll(Collection<WantedRoute> routes) {
            List<WantedRoute> all = List.copyOf(routes);
            synchronized (order) {
                Map<PeerId, CompletableFuture<Delivery>> answers = new LinkedHashMap<>();
                settings.peers().forEach(p -> answers.put(p.id(), new CompletableFuture<>()));
                loop.execute(() -> owners.replace(name, all, answers));
                return Map.copyOf(answers);
            }
        }

        @Override
        public void leave() {
            loop.execute(() -> owners.leaves(name));
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

    @Override
    public List<PeerSnapshot> peers() {
        return view.stream().map(PeerView::snapshot).toList();
    }

    @Override
    public CompletionStage<List<AdvertisedRoute>> advertised(@Nullable PeerId id) {
        CompletableFuture<List<AdvertisedRoute>> answer = new CompletableFuture<>();
        loop.execute(() -> {
            List<AdvertisedRoute> rows = new ArrayList<>();
            for (PeerLoop peer : roster.peers()) {
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
            PeerLoop peer = roster.peer(id);
            if (peer != null) {
                action.accept(peer);
            }
        });
    }

    @Override
    public CompletionStage<Void> settled() {
        return CompletableFuture.runAsync(() -> {}, loop);
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
            roster.shutdown(communication);
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
