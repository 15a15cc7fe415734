// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.speaker.PeerEvent;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.PeerSnapshot;
import org.l3distributor.bgp.speaker.SessionState;
import org.l3distributor.bgp.speaker.internal.fsm.Negotiated;
import org.l3distributor.bgp.speaker.internal.fsm.Peer;
import org.l3distributor.bgp.speaker.internal.fsm.PeerInput;
import org.l3distributor.bgp.speaker.internal.fsm.PeerMachine;
import org.l3distributor.bgp.speaker.internal.fsm.PeerOutput;
import org.l3distributor.bgp.speaker.internal.fsm.PeerStep;
import org.l3distributor.bgp.speaker.internal.fsm.SessionEffect;
import org.l3distributor.bgp.speaker.internal.fsm.SessionEvent;
import org.l3distributor.bgp.speaker.internal.fsm.Side;
import org.l3distributor.bgp.speaker.internal.rib.AdjRibOut;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/**
 * One peer on its event loop: it feeds the machine and does what the machine says. All methods but the readers at the end
 * are called on the loop.
 */
final class PeerLoop {
    private record Arrival(PeerInput input, @Nullable Connection arriving) {}

    private final EventLoop loop;
    private final Connector connector;
    private final RandomGenerator random;
    private final Consumer<PeerEvent> listeners;
    private final AdjRibOut rib = new AdjRibOut();
    private final Counters counters = new Counters();
    private final History history = new History();
    private final Map<Side, Connection> connections = new EnumMap<>(Side.class);
    private final Deque<Arrival> inputs = new ArrayDeque<>();
    private Peer peer;
    private boolean working;
    private boolean flushScheduled;
    private @Nullable Connection established;
    private @Nullable ScheduledFuture<?> retry;
    private @Nullable Attempt attempt;
    private volatile Status status;
    private volatile long announced;
    private volatile long pending;

    /** What a reader sees, in one reference. */
    private record Status(
            PeerSettings settings,
            SessionState state,
            Instant since,
            @Nullable IpAddress localAddress,
            @Nullable Negotiated negotiated,
            @Nullable String lastError,
            @Nullable Instant lastErrorAt) {}

    /** A connection in the making. */
    interface Attempt {
        void abort();
    }

    /** Makes connections; the result comes back on the loop. */
    interface Connector {
        Attempt connect(PeerSettings settings, Consumer<Channel> made, Consumer<String> failed);
    }

    PeerLoop(
            EventLoop loop,
            Connector connector,
            PeerSettings settings,
            Peer.Pace pace,
            RandomGenerator random,
            Consumer<PeerEvent> listeners) {
        this.loop = loop;
        this.connector = connector;
        this.random = random;
        this.listeners = listeners;
        this.peer = Peer.idle(settings, pace);
        this.status = new Status(settings, SessionState.IDLE, Instant.now(), null, null, null, null);
    }

    PeerId id() {
        return peer.settings().id();
    }

    PeerSettings settings() {
        return peer.settings();
    }

    AdjRibOut rib() {
        return rib;
    }

    Counters counters() {
        return counters;
    }

    void start() {
        input(new PeerInput.Start());
    }

    void stop(NotificationMessage notification, String reason) {
        input(new PeerInput.Stop(notification, reason));
    }

    void reset(NotificationMessage notification, String reason) {
        input(new PeerInput.Reset(notification, reason));
    }

    void configure(PeerSettings settings) {
        input(new PeerInput.Configure(settings));
        Status now = status;
        status = new Status(
                settings,
                now.state(),
                now.since(),
                now.localAddress(),
                now.negotiated(),
                now.lastError(),
                now.lastErrorAt());
    }

    /** A peer has connected to us. */
    void accept(Channel channel) {
        SocketOptions.accepted(channel, peer.settings());
        arrive(Side.INCOMING, channel);
    }

    private void arrive(Side side, Channel channel) {
        Connection connection = new Connection(this, side, channel);
        channel.pipeline().addLast(connection);
        take(new Arrival(new PeerInput.Connected(side), connection));
        channel.config().setAutoRead(true);
    }

    /** Something happened on a connection; one that has been replaced has no say any more. */
    void happened(Connection connection, Side side, SessionEvent event) {
        if (connections.get(side) == connection) {
            input(new PeerInput.OnSession(side, event));
        }
    }

    private void input(PeerInput input) {
        take(new Arrival(input, null));
    }

    /** One input after the other, also when obeying one makes the next. */
    private void take(Arrival arrival) {
        inputs.add(arrival);
        if (working) {
            return;
        }
        working = true;
        try {
            for (Arrival next = inputs.poll(); next != null; next = inputs.poll()) {
                work(next);
            }
        } finally {
            working = false;
        }
        connections.values().forEach(Connection::flush);
    }

    private void work(Arrival arrival) {
        SessionState before = peer.state();
        PeerStep step = PeerMachine.on(peer, arrival.input(), Instant.now());
        peer = step.peer();
        String reason = word(arrival.input());
        for (PeerOutput output : step.outputs()) {
            obey(output, arrival.arriving());
            if (output instanceof PeerOutput.ForSession on && on.effect() instanceof SessionEffect.Ended ended) {
                reason = ended.reason();
            }
        }
        SessionState after = peer.state();
        if (after != before) {
            changed(before, after, reason);
        }
    }

    private static String word(PeerInput input) {
        Object what = input instanceof PeerInput.OnSession on ? on.event() : input;
        return what.getClass().getSimpleName();
    }

    private void obey(PeerOutput output, @Nullable Connection arriving) {
        if (output instanceof PeerOutput.Connect) {
            connect();
        } else if (output instanceof PeerOutput.AbortConnect) {
            abort();
        } else if (output instanceof PeerOutput.Refuse refuse) {
            refuse(arriving, refuse.reason());
        } else if (output instanceof PeerOutput.ArmRetry arm) {
            armRetry(arm.longest());
        } else if (output instanceof PeerOutput.DisarmRetry) {
            disarmRetry();
        } else if (output instanceof PeerOutput.ForSession on) {
            if (arriving != null && !connections.containsKey(on.side())) {
                connections.put(on.side(), arriving);
            }
            obey(on.side(), on.effect());
        }
    }

    private void connect() {
        counters.add(Counters.Name.CONNECT_ATTEMPTS, 1);
        abort();
        attempt = connector.connect(
                peer.settings(),
                channel -> {
                    attempt = null;
                    arrive(Side.OUTGOING, channel);
                },
                reason -> {
                    attempt = null;
                    error("connect", reason);
                    input(new PeerInput.ConnectFailed(reason));
                });
    }

    private void abort() {
        if (attempt != null) {
            attempt.abort();
            attempt = null;
        }
    }

    private void refuse(@Nullable Connection arriving, String reason) {
        if (arriving != null) {
            event("connect", "refused reason=" + reason);
            arriving.channel().close();
        }
    }

    private void armRetry(Duration longest) {
        disarmRetry();
        retry = loop.schedule(
                () -> {
                    retry = null;
                    input(new PeerInput.RetryExpired());
                },
                jitter(longest).toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private void disarmRetry() {
        if (retry != null) {
            retry.cancel(false);
            retry = null;
        }
    }

    Duration jitter(Duration longest) {
        return Peer.Pace.jittered(longest, random);
    }

    private void obey(Side side, SessionEffect effect) {
        Connection connection = connections.get(side);
        if (connection == null) {
            return; // it was closed by an effect before
        }
        if (effect instanceof SessionEffect.Send send) {
            connection.send(send.message());
        } else if (effect instanceof SessionEffect.Close) {
            connection.close();
        } else if (effect instanceof SessionEffect.Arm arm) {
            connection.arm(arm.timer(), arm.duration());
        } else if (effect instanceof SessionEffect.Disarm disarm) {
            connection.disarm(disarm.timer());
        } else if (effect instanceof SessionEffect.Agreed agreed) {
            connection.agreed(agreed.negotiated().codec());
        } else if (effect instanceof SessionEffect.Established up) {
            established(connection, up.negotiated());
        } else if (effect instanceof SessionEffect.Resend resend) {
            resend(resend.family());
        } else if (effect instanceof SessionEffect.Ended ended) {
            ended(side, connection, ended);
        }
    }

    private void established(Connection connection, Negotiated negotiated) {
        established = connection;
        counters.add(Counters.Name.ESTABLISHED_TRANSITIONS, 1);
        Status now = status;
        IpAddress local = connection.channel().localAddress() instanceof InetSocketAddress address
                ? IpAddress.of(address.getAddress())
                : null;
        status = new Status(
                now.settings(), now.state(), now.since(), local, negotiated, now.lastError(), now.lastErrorAt());
        rib.sessionUp(peer.settings(), negotiated.codec(), negotiated.families());
        pump();
    }

    private void resend(AfiSafi family) {
        family.unicastFamily().ifPresent(wanted -> {
            event("updates", "route refresh family=" + family);
            resend(wanted);
            pump();
        });
    }

    /** Sends everything again, on an operator's word. */
    void refresh() {
        for (AddressFamily family : AddressFamily.values()) {
            resend(family);
        }
        pump();
    }

    private void resend(AddressFamily family) {
        Negotiated agreed = status.negotiated();
        rib.resend(family, agreed != null && agreed.enhancedRefresh());
    }

    private void ended(Side side, Connection connection, SessionEffect.Ended ended) {
        connections.remove(side);
        error("notification", ended.reason());
        if (established == connection) {
            established = null;
            rib.sessionDown(ended.reason());
            countRoutes();
            Status now = status;
            status = new Status(
                    now.settings(), now.state(), now.since(), null, null, now.lastError(), now.lastErrorAt());
        }
    }

    /** Sends what differs when the changes that wait on the loop already are in, so that a burst shares messages. */
    void flushSoon() {
        if (!flushScheduled) {
            flushScheduled = true;
            loop.execute(() -> {
                flushScheduled = false;
                pump();
            });
        }
    }

    void pump() {
        Connection connection = established;
        if (connection != null) {
            connection.pump(rib);
        }
        countRoutes();
    }

    void countRoutes() {
        announced = rib.toldCount();
        pending = rib.pendingCount();
    }

    void malformed(String treatment, String reason) {
        counters.add(Counters.Name.UPDATES_MALFORMED, 1);
        SpeakerLog.malformed(peer.settings(), treatment, reason);
    }

    private void changed(SessionState before, SessionState after, String reason) {
        Status now = status;
        status = new Status(
                peer.settings(),
                after,
                Instant.now(),
                now.localAddress(),
                now.negotiated(),
                now.lastError(),
                now.lastErrorAt());
        SpeakerLog.state(peer.settings(), before, after, reason);
        event("state", "state=" + before.rfcName() + "->" + after.rfcName() + " reason=" + reason);
    }

    private void error(String kind, String reason) {
        Status now = status;
        if (!reason.equals(now.lastError())) {
            SpeakerLog.failed(peer.settings(), reason);
            event(kind, "reason=" + reason);
        }
        status = new Status(
                now.settings(), now.state(), now.since(), now.localAddress(), now.negotiated(), reason, Instant.now());
    }

    private void event(String kind, String text) {
        PeerEvent event = new PeerEvent(Instant.now(), id(), kind, text);
        history.add(event);
        listeners.accept(event);
    }

    /** Any thread. */
    List<PeerEvent> history() {
        return history.newestFirst();
    }

    /** Any thread. */
    PeerSnapshot snapshot() {
        Status now = status;
        Negotiated agreed = now.negotiated();
        return new PeerSnapshot(
                now.settings(),
                now.state(),
                now.since(),
                now.localAddress(),
                agreed == null ? null : agreed.remote().identifier(),
                agreed == null ? null : agreed.holdTime(),
                agreed == null ? null : agreed.keepalive(),
                agreed == null ? Set.of() : agreed.families(),
                Negotiated.offered(now.settings()),
                agreed == null ? List.of() : Negotiated.words(agreed.remote().capabilities()),
                counters.snapshot(),
                announced,
                pending,
                now.lastError(),
                now.lastErrorAt());
    }
}
