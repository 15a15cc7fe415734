// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.haproxy.Controller;
import org.l3distributor.haproxy.HeartbeatSettings;
import org.l3distributor.haproxy.Statistics;
import org.l3distributor.heartbeat.Envelope;
import org.l3distributor.heartbeat.Heartbeat;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.Secret;

/** Over loopback, to health managers that only listen. */
class HeartbeatSenderTest {
    private static final String AMPHORA = "5a8a3a5e-5d9e-4d6c-9a3e-0c7a00000001";
    private static final Secret KEY = Secret.of("&<>'\"$% schlüssel");
    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final Duration ONCE = Duration.ofHours(1);

    @TempDir
    Path directory;

    private final FakeHaproxy haproxy = new FakeHaproxy();
    private DatagramSocket first;
    private DatagramSocket second;
    private HeartbeatSender sender;

    @BeforeEach
    void open() throws IOException {
        first = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        second = new DatagramSocket(0, InetAddress.getByName("::1"));
        first.setSoTimeout(30_000);
        second.setSoTimeout(30_000);
        sender = restarted();
    }

    private HeartbeatSender restarted() {
        return new HeartbeatSender(
                haproxy, new CounterFile(directory.resolve("stats_counters.json")), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        sender.close();
        first.close();
        second.close();
    }

    private HeartbeatSettings settings(Duration interval, DatagramSocket... controllers) {
        List<Controller> list = Arrays.stream(controllers)
                .map(socket -> new Controller(IpAddress.of(socket.getLocalAddress()), socket.getLocalPort()))
                .toList();
        return new HeartbeatSettings(AMPHORA, list, KEY, interval);
    }

    /** The next message, after its signature was checked. */
    private static Heartbeat receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        socket.receive(packet);
        Envelope.Opened opened = Envelope.open(packet.getData(), packet.getLength(), KEY);
        assertThat(opened).isInstanceOf(Envelope.Opened.Message.class);
        Heartbeat.Read read = Heartbeat.read(((Envelope.Opened.Message) opened).json());
        assertThat(read).isInstanceOf(Heartbeat.Read.Message.class);
        return ((Heartbeat.Read.Message) read).heartbeat();
    }

    private static Statistics statistics(long worker, long count) {
        return new Statistics(
                worker,
                List.of(new Statistics.Listener("l", "OPEN", count, 2 * count, 3, count, 0)),
                List.of(new Statistics.Pool("p:l", "UP", Map.of("m", "no check"), 1)));
    }

    private static Statistics tooMuchForADatagram() {
        Random random = new Random(1);
        List<Statistics.Listener> listeners = IntStream.range(0, 10_000)
                .mapToObj(
                        i -> new Statistics.Listener(new UUID(random.nextLong(), i).toString(), "OPEN", i, 0, 0, 0, 0))
                .toList();
        return new Statistics(9, listeners, List.of());
    }

    private static long received(Heartbeat message) {
        return message.listeners().get("l").counts().received();
    }

    @Test
    void send_whileTheCountersCannotBeSaved_goesOn_andIsNoFaultOfTheHeartbeat() throws IOException {
        haproxy.says.put("lb", Optional.of(statistics(7, 10)));
        Files.createDirectory(directory.resolve("stats_counters.json.new")); // where the file would be written
        sender.send(settings(OFTEN, first));
        assertThat(received(receive(first))).isEqualTo(10);
        haproxy.says.put("lb", Optional.of(statistics(7, 15)));
        long more = 0;
        while (more == 0) {
            more = received(receive(first));
        }
        assertThat(more).isEqualTo(5);
        assertThat(sender.status().error()).isNull();
    }

    @Test
    void send_whileTheCountersCannotBeRead_goesOn_andIsNoFaultOfTheHeartbeat() throws IOException {
        haproxy.says.put("lb", Optional.of(statistics(7, 10)));
        Files.createDirectory(directory.resolve("stats_counters.json")); // where the file would be
        sender.send(settings(OFTEN, first));
        assertThat(received(receive(first))).isEqualTo(10);
        assertThat(received(receive(first))).as("told once").isZero();
        assertThat(sender.status().error()).isNull();
    }

    @Test
    void send_ofAnAmphoraWithoutLoadBalancers_isAnEmptyMessageAtOnce() throws IOException {
        sender.send(settings(ONCE, first));
        assertThat(receive(first)).isEqualTo(new Heartbeat(AMPHORA, 0, Map.of(), Map.of()));
        assertThat(sender.status().sending()).isTrue();
    }

    @Test
    void send_toSeveralControllers_servesThemInTurn() throws IOException {
        sender.send(settings(OFTEN, first, second));
        assertThat(receive(first).sequence()).isEqualTo(0L);
        assertThat(receive(second).sequence()).isEqualTo(1L);
        assertThat(receive(first).sequence()).isEqualTo(2L);
        assertThat(receive(second).sequence()).isEqualTo(3L);
    }

    @Test
    void send_tellsDifferencesAndGoesOnAfterARestart() throws IOException {
        haproxy.says.put("lb", Optional.of(statistics(7, 100)));
        sender.send(settings(ONCE, first));
        Heartbeat message = receive(first);
        assertThat(message.listeners())
                .isEqualTo(Map.of("l", new Heartbeat.Listener("OPEN", new Heartbeat.Counts(100, 200, 3, 100, 0))));
        assertThat(message.pools()).isEqualTo(Map.of("p:l", new Heartbeat.Pool("UP", Map.of("m", "no check"))));
        sender.close();
        haproxy.says.put("lb", Optional.of(statistics(7, 130)));
        sender = restarted();
        sender.send(settings(ONCE, first));
        assertThat(received(receive(first))).isEqualTo(30);
    }

    @Test
    void send_afterAReload_tellsAllOfTheNewWorker() throws IOException {
        haproxy.says.put("lb", Optional.of(statistics(7, 100)));
        sender.send(settings(ONCE, first));
        assertThat(received(receive(first))).isEqualTo(100);
        haproxy.says.put("lb", Optional.of(statistics(8, 150)));
        sender.send(settings(OFTEN, first));
        assertThat(received(receive(first))).isEqualTo(150);
    }

    @Test
    void send_ofALoadBalancerThatDoesNotAnswer_leavesItsListenersOut() throws IOException {
        haproxy.says.put("lb", Optional.of(statistics(7, 100)));
        haproxy.says.put("silent", Optional.empty());
        sender.send(settings(ONCE, first));
        assertThat(receive(first).listeners()).containsOnlyKeys("l");
    }

    @Test
    void send_thatTheNetworkRefuses_isToldWithTheNextOne() throws IOException {
        haproxy.says.put("lb", Optional.of(statistics(7, 100)));
        haproxy.says.put("large", Optional.of(tooMuchForADatagram()));
        sender.send(settings(OFTEN, first));
        long began = System.nanoTime();
        while (sender.status().error() == null) {
            assertThat(System.nanoTime() - began).isLessThan(30_000_000_000L);
            LockSupport.parkNanos(1_000_000);
        }
        haproxy.says.remove("large");
        assertThat(received(receive(first))).isEqualTo(100);
        assertThat(sender.status().error()).isNull();
    }

    @Test
    void stop_sendsNothingMore() throws IOException {
        sender.send(settings(OFTEN, first));
        receive(first);
        sender.stop();
        assertThat(sender.status().sending()).isFalse();
        first.setSoTimeout(1);
        assertThatThrownBy(() -> {
                    while (true) {
                        receive(first); // what was on its way
                    }
                })
                .isInstanceOf(SocketTimeoutException.class);
        first.setSoTimeout(500);
        assertThatThrownBy(() -> receive(first)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void send_withTheSameSettings_changesNothing() throws IOException {
        sender.send(settings(ONCE, first));
        receive(first);
        sender.send(settings(ONCE, first));
        first.setSoTimeout(300);
        assertThatThrownBy(() -> receive(first)).isInstanceOf(SocketTimeoutException.class);
        assertThat(sender.status().sent()).isEqualTo(1);
    }
}
