// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.BgpError;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.speaker.PeerEvent;
import org.l3distributor.bgp.speaker.PeerSettings;
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
 * One peer on its event loop: it feeds the machine and does what the machine says. All methods are called
 * on the loop; what anybody may see of it is its {@link PeerView}.
 */
final class PeerLoop {
    private record Arrival(PeerInput input, @Nullable Connection arriving) {}

    private final RandomGenerator random;
    private final EventLoop loop;
    private final Dialler dialler;
    private final PeerView view;
    private final AdjRibOut rib = new AdjRibOut();
    private final Map<Side, Connection> connections = new EnumMap<>(Side.class);
    private final Deque<Arrival> inputs = new ArrayDeque<>();
    private Peer peer;
    private boolean working;
    private boolean flushScheduled;
    private final Set<AddressFamily> refreshes = EnumSet.noneOf(AddressFamily.class);
    private @Nullable Connection established;

    PeerLoop(
            EventLoop loop,
            TcpConnector connector,
            PeerSettings settings,
            Peer.Pace pace,
            RandomGenerator random,
            Consumer<PeerEvent> listeners) {
        this.loop = loop;
        this.random = random;
        this.dialler = new Dialler(connector, new LazyTimer(loop, () -> input(new PeerInput.RetryExpired())));
        this.view = new PeerView(settings, listeners);
        this.peer = Peer.idle(settings, pace);
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

    PeerView view() {
        return view;
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
        view.configured(settings);
        input(new PeerInput.Configure(settings));
    }

    /** A peer has connected to us. */
    void accept(Channel channel) {
        try {
            SocketOptions.accepted(channel, peer.settings());
        } catch (ChannelException e) {
            view.failed("connect", "accept from " + peer.settings().address() + ": " + e.getMessage());
            ChannelFuture unused = channel.close(); // never less guarded than it was asked for
            return;
        }
        arrive(Side.INCOMING, channel);
    }

    private void arrive(Side side, Channel channel) {
        Connection connection = new Connection(this, side, channel);
        channel.pipeline().addLast(connection);
        take(new Arrival(new PeerInput.Connected(side), connection));
        if (channel.isActive()) {
            channel.config().setAutoRead(true);
        } else {
            // it was closed before it had a handler that could tell
            happened(connection, side, new SessionEvent.ConnectionLost("the connection was closed at once"));
        }
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
            view.state(after, reason);
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
            dialler.abort();
        } else if (output instanceof PeerOutput.Refuse refuse) {
            refuse(arriving, refuse.reason());
        } else if (output instanceof PeerOutput.ArmRetry arm) {
            dialler.waitFor(jitter(arm.longest()));
        } else if (output instanceof PeerOutput.DisarmRetry) {
            dialler.stopWaiting();
        } else if (output instanceof PeerOutput.ForSession on) {
            if (arriving != null && !connections.containsKey(on.side())) {
                connections.put(on.side(), arriving);
            }
            obey(on.side(), on.effect());
        }
    }

    private void connect() {
        view.counters().add(Counters.Name.CONNECT_ATTEMPTS, 1);
        dialler.connect(peer.settings(), channel -> arrive(Side.OUTGOING, channel), reason -> {
            view.failed("connect", reason);
            input(new PeerInput.ConnectFailed(reason));
        });
    }

    private void refuse(@Nullable Connection arriving, String reason) {
        if (arriving != null) {
            view.event("connect", "refused reason=" + reason);
            arriving.refuse();
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
        IpAddress local = connection.channel().localAddress() instanceof InetSocketAddress address
                ? IpAddress.of(address.getAddress())
                : null;
        view.established(local, negotiated);
        rib.sessionUp(peer.settings(), negotiated.codec(), negotiated.families());
        pump();
    }

    /** What a peer asks for many times in one breath is sent once: to walk over a table takes time that others need. */
    private void resend(AfiSafi family) {
        family.unicastFamily()
                .filter(refreshes::add)
                .ifPresent(first -> loop.execute(() -> {
                    refreshes.remove(first);
                    view.event("updates", "route refresh family=" + family);
                    resend(first);
                    pump();
                }));
    }

    /** Sends everything again, on an operator's word. */
    void refresh() {
        for (AddressFamily family : AddressFamily.values()) {
            resend(family);
        }
        pump();
    }

    private void resend(AddressFamily family) {
        Negotiated agreed = view.negotiated();
        rib.resend(family, agreed != null && agreed.enhancedRefresh());
    }

    private void ended(Side side, Connection connection, SessionEffect.Ended ended) {
        connections.remove(side);
        NotificationMessage sent = ended.sent();
        if (sent != null && sent.code() == BgpError.CEASE.code()) {
            view.ended("notification", ended.reason());
        } else {
            view.failed("notification", ended.reason());
        }
        if (established == connection) {
            established = null;
            rib.sessionDown(ended.reason());
            countRoutes();
            view.down();
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
        view.routes(rib.toldCount(), rib.pendingCount());
    }
}
