// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import org.l3distributor.bgp.message.BgpMessage;
import org.l3distributor.bgp.message.KeepaliveMessage;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.message.OpenMessage;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.SessionState;

/** Two machines, a network between them that takes its time, and a clock that is turned by hand. */
final class TwoPeers {
    private record Task(Instant at, long number, Runnable run) {}

    private final Random random;
    private final Queue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::at).thenComparing(Task::number));
    private Instant now = Scenes.NOON;
    private long number;
    private boolean reachable = true;
    final Node left;
    final Node right;

    TwoPeers(long seed, PeerSettings left, PeerSettings right) {
        this.random = new Random(seed);
        this.left = new Node(left);
        this.right = new Node(right);
    }

    /** A TCP connection; each end reads what the other wrote, in order, unless the network is cut. */
    private final class Wire {
        final Map<Node, Instant> lastArrival = new HashMap<>();

        void carry(Node to, Runnable arrival) {
            if (!reachable) {
                return;
            }
            Instant at = now.plus(delay());
            Instant before = lastArrival.getOrDefault(to, at);
            lastArrival.put(to, at.isBefore(before) ? before : at);
            at(lastArrival.get(to), arrival);
        }
    }

    /** One side: obeys its machine as the shell does. */
    final class Node {
        Peer peer;
        private final Map<Side, Wire> wires = new EnumMap<>(Side.class);
        private final Map<Side, Map<SessionTimer, Object>> timers = new EnumMap<>(Side.class);
        private Object retry;
        private Object attempt;

        Node(PeerSettings settings) {
            peer = Peer.idle(settings, Peer.Pace.DEFAULT);
            for (Side side : Side.values()) {
                timers.put(side, new EnumMap<>(SessionTimer.class));
            }
        }

        SessionState state() {
            return peer.state();
        }

        /** The side on which it is established. */
        Side established() {
            return peer.outgoing() != null ? Side.OUTGOING : Side.INCOMING;
        }

        Object wire() {
            return wires.get(established());
        }

        void take(PeerInput input) {
            take(input, null);
        }

        private void take(PeerInput input, Wire arriving) {
            PeerStep step = PeerMachine.on(peer, input, now);
            peer = step.peer();
            for (PeerOutput output : step.outputs()) {
                obey(output, arriving);
            }
            check();
        }

        private void obey(PeerOutput output, Wire arriving) {
            if (output instanceof PeerOutput.Connect) {
                connect();
            } else if (output instanceof PeerOutput.AbortConnect) {
                attempt = null;
            } else if (output instanceof PeerOutput.Refuse refuse) {
                lose(arriving, refuse.side());
            } else if (output instanceof PeerOutput.ArmRetry arm) {
                Object mine = new Object();
                retry = mine;
                at(now.plus(Peer.Pace.jittered(arm.longest(), random)), () -> {
                    if (retry == mine) {
                        retry = null;
                        take(new PeerInput.RetryExpired());
                    }
                });
            } else if (output instanceof PeerOutput.DisarmRetry) {
                retry = null;
            } else if (output instanceof PeerOutput.ForSession on) {
                Wire wire = wires.computeIfAbsent(on.side(), side -> arriving);
                obey(on.side(), wire, on.effect());
            }
        }

        private void obey(Side side, Wire wire, SessionEffect effect) {
            if (effect instanceof SessionEffect.Send send) {
                wire.carry(other(), () -> other().receive(wire, side.other(), event(send.message())));
            } else if (effect instanceof SessionEffect.Arm arm) {
                arm(side, arm);
            } else if (effect instanceof SessionEffect.Disarm disarm) {
                timers.get(side).remove(disarm.timer());
            } else if (effect instanceof SessionEffect.Close) {
                lose(wire, side);
            } else if (effect instanceof SessionEffect.Ended) {
                wires.remove(side);
            }
        }

        private void arm(Side side, SessionEffect.Arm arm) {
            Object mine = new Object();
            timers.get(side).put(arm.timer(), mine);
            at(now.plus(arm.duration()), () -> {
                if (timers.get(side).get(arm.timer()) == mine) {
                    timers.get(side).remove(arm.timer());
                    take(new PeerInput.OnSession(side, new SessionEvent.TimerExpired(arm.timer())));
                }
            });
        }

        /** The other end learns that this one has closed. */
        private void lose(Wire wire, Side side) {
            wire.carry(
                    other(),
                    () -> other().receive(wire, side.other(), new SessionEvent.ConnectionLost("closed by the peer")));
        }

        private void receive(Wire wire, Side side, SessionEvent event) {
            if (wires.get(side) == wire) {
                take(new PeerInput.OnSession(side, event));
            }
        }

        /** The other end has the connection first, as with TCP. */
        private void connect() {
            Object mine = new Object();
            attempt = mine;
            if (!reachable) {
                return; // RETRY will end it
            }
            Wire wire = new Wire();
            boolean refused = random.nextInt(10) == 0;
            at(now.plus(delay()), () -> {
                wire.carry(this, () -> connected(mine, wire, refused));
                if (!refused) {
                    other().take(new PeerInput.Connected(Side.INCOMING), wire);
                }
            });
        }

        private void connected(Object mine, Wire wire, boolean refused) {
            if (attempt == mine) {
                attempt = null;
                take(
                        refused
                                ? new PeerInput.ConnectFailed("connection refused")
                                : new PeerInput.Connected(Side.OUTGOING),
                        wire);
            } else if (!refused) {
                lose(wire, Side.OUTGOING);
            }
        }

        private Node other() {
            return this == left ? right : left;
        }

        void cut() {
            for (Side side : Side.values()) {
                take(Scenes.lost(side));
            }
        }

        private void check() {
            for (Side side : Side.values()) {
                boolean here = peer.session(side) != null;
                assertThat(wires.containsKey(side))
                        .as("the shell has what the machine has")
                        .isEqualTo(here);
                assertThat(here || timers.get(side).isEmpty())
                        .as("no timer without its connection")
                        .isTrue();
            }
            boolean both = peer.outgoing() != null && peer.incoming() != null;
            assertThat(both && state() == SessionState.ESTABLISHED)
                    .as("two, one established")
                    .isFalse();
            if (!peer.started()) {
                assertThat(state()).isEqualTo(SessionState.IDLE);
                assertThat(retry == null && attempt == null && wires.isEmpty())
                        .as("nothing goes on while stopped")
                        .isTrue();
            }
        }
    }

    private static SessionEvent event(BgpMessage message) {
        if (message instanceof OpenMessage open) {
            return new SessionEvent.OpenReceived(open);
        } else if (message instanceof NotificationMessage notification) {
            return new SessionEvent.NotificationReceived(notification);
        } else if (message instanceof KeepaliveMessage) {
            return new SessionEvent.KeepaliveReceived();
        }
        throw new AssertionError("a machine sends no " + message);
    }

    private Duration delay() {
        return Duration.ofMillis(1 + random.nextInt(100));
    }

    private void at(Instant at, Runnable run) {
        tasks.add(new Task(at, number++, run));
    }

    /** While false, what is sent is lost without a word. */
    void reachable(boolean on) {
        reachable = on;
    }

    void run(Duration duration) {
        Instant end = now.plus(duration);
        while (!tasks.isEmpty() && !tasks.element().at().isAfter(end)) {
            Task task = tasks.remove();
            now = task.at();
            task.run().run();
        }
        now = end;
    }
}
