// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.BgpError;
import org.l3distributor.bgp.message.Capability;
import org.l3distributor.bgp.message.KeepaliveMessage;
import org.l3distributor.bgp.message.MessageType;
import org.l3distributor.bgp.message.NotificationMessage;
import org.l3distributor.bgp.message.RouteRefreshMessage;
import org.l3distributor.bgp.speaker.AdvertisedRoute;
import org.l3distributor.bgp.speaker.Delivery;
import org.l3distributor.bgp.speaker.LinkBandwidth;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.Route;
import org.l3distributor.bgp.speaker.RouteChange;
import org.l3distributor.bgp.speaker.RouteOwner;
import org.l3distributor.bgp.speaker.SessionState;
import org.l3distributor.bgp.speaker.SpeakerSettings;
import org.l3distributor.bgp.speaker.WantedRoute;
import org.l3distributor.bgp.speaker.internal.Settings;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.PeerId;

/** A speaker on real sockets against a router that says what the test says. */
class NettySpeakerTest {
    private static final String END_OF_RIB_4 = "00000000";
    private static final String END_OF_RIB_6 = "00000006800f03000201";
    private static final String ROUTE_4 = "20cb00710a"; // 203.0.113.10/32
    private static final String EXTENDED_COMMUNITY = "c01008"; // one
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private FakeRouter router;
    private NettySpeaker speaker;

    @BeforeEach
    void begin() throws IOException {
        router = new FakeRouter("tor", "127.0.1.1");
        speaker = Speakers.impatient();
    }

    @AfterEach
    void end() throws IOException {
        speaker.close();
        router.close();
    }

    private void configure(PeerSettings... peers) {
        speaker.configure(new SpeakerSettings(0, List.of(peers)));
    }

    private static RouteChange announce(String prefix, String nextHop) {
        return RouteChange.announce(wanted(prefix, nextHop));
    }

    private static WantedRoute wanted(String prefix, String nextHop) {
        return new WantedRoute(new Route(IpPrefix.parse(prefix), IpAddress.parse(nextHop)), null);
    }

    private Delivery delivered(Map<PeerId, CompletionStage<Delivery>> answers) throws Exception {
        return answers.get(router.id).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static List<String> hex(List<Line.Message> messages) {
        return messages.stream()
                .map(m -> m.type() + " " + ByteBufUtil.hexDump(m.body()))
                .toList();
    }

    @Test
    void session_withoutRoutes_sendsEndOfRibForEachFamily() throws IOException {
        configure(router.settings());
        try (Line line = router.established()) {
            assertThat(hex(line.readUpdates(2))).containsExactly("UPDATE " + END_OF_RIB_4, "UPDATE " + END_OF_RIB_6);
        }
    }

    @Test
    void session_withRoutes_sendsThemThenEndOfRib() throws Exception {
        speaker.owner("test")
                .apply(List.of(
                        announce("203.0.113.10/32", "198.51.100.11"), announce("2001:db8::10/128", "2001:db8:f::11")));
        configure(router.settings());
        try (Line line = router.established()) {
            List<String> updates = hex(line.readUpdates(4));
            assertThat(updates.get(0)).contains("400304c633640b").endsWith(ROUTE_4);
            assertThat(updates.get(1)).contains("1020010db8000f0000000000000000001100");
            assertThat(updates.subList(2, 4)).containsExactly("UPDATE " + END_OF_RIB_4, "UPDATE " + END_OF_RIB_6);
        }
    }

    @Test
    void change_inEstablished_isWrittenAndAnswered() throws Exception {
        configure(router.settings());
        try (Line line = router.established()) {
            line.readUpdates(2);
            var owner = speaker.owner("test");
            Delivery said = delivered(owner.apply(List.of(announce("203.0.113.10/32", "198.51.100.11"))));
            assertThat(said.state()).isEqualTo(Delivery.State.WRITTEN);
            assertThat(hex(line.readUpdates(1)).get(0)).endsWith(ROUTE_4);
            Delivery gone =
                    delivered(owner.apply(List.of(RouteChange.withdraw(wanted("203.0.113.10/32", "198.51.100.11")))));
            assertThat(gone.state()).isEqualTo(Delivery.State.WRITTEN);
            assertThat(hex(line.readUpdates(1))).containsExactly("UPDATE 0005" + ROUTE_4 + "0000");
        }
    }

    @Test
    void bandwidths_switchedOnAndOffAtRunTime_areAnUpdateEach_andTheSessionStays() throws Exception {
        speaker.owner("test")
                .apply(List.of(RouteChange.announce(
                        wanted("203.0.113.10/32", "198.51.100.11").withBandwidth(375_000))));
        configure(router.settings());
        try (Line line = router.established()) {
            assertThat(hex(line.readUpdates(3)).get(0)).doesNotContain(EXTENDED_COMMUNITY);
            String said = Integer.toHexString(Float.floatToIntBits(375_000)) + ROUTE_4;
            configure(Settings.weighing(router.settings(), LinkBandwidth.TRANSITIVE));
            assertThat(hex(line.readUpdates(1)).get(0))
                    .contains(EXTENDED_COMMUNITY + "0004")
                    .endsWith(said);
            configure(Settings.weighing(router.settings(), LinkBandwidth.NON_TRANSITIVE));
            assertThat(hex(line.readUpdates(1)).get(0))
                    .contains(EXTENDED_COMMUNITY + "4004")
                    .endsWith(said);
            configure(router.settings());
            assertThat(hex(line.readUpdates(1)).get(0))
                    .doesNotContain(EXTENDED_COMMUNITY)
                    .endsWith(ROUTE_4);
            assertThat(Speakers.peer(speaker, router.id).counters()).containsEntry("established_transitions", 1L);
        }
    }

    @Test
    void change_withoutSession_isAnsweredAtOnce() throws Exception {
        configure(router.settings(9, true, true));
        Delivery said = delivered(speaker.owner("test").apply(List.of(announce("203.0.113.10/32", "198.51.100.11"))));
        assertThat(said.state()).isEqualTo(Delivery.State.SESSION_DOWN);
    }

    @Test
    void routeRefresh_ofOneFamily_sendsItsRoutesAgain() throws Exception {
        speaker.owner("test").apply(List.of(announce("203.0.113.10/32", "198.51.100.11")));
        configure(router.settings());
        try (Line line = router.established()) {
            line.readUpdates(3);
            line.send(new RouteRefreshMessage(AfiSafi.unicast(AddressFamily.IPV4), RouteRefreshMessage.REQUEST));
            assertThat(hex(line.readUpdates(1)).get(0)).endsWith(ROUTE_4);
        }
    }

    @Test
    void routeRefresh_withEnhancedRefreshAgreed_isFramedByItsMarks() throws Exception {
        speaker.owner("test").apply(List.of(announce("203.0.113.10/32", "198.51.100.11")));
        configure(router.settings());
        try (Line line = router.accept()) {
            line.establish(FakeRouter.open("10.0.0.1", Set.of(new Capability.EnhancedRouteRefresh())));
            line.readUpdates(3);
            line.send(new RouteRefreshMessage(AfiSafi.unicast(AddressFamily.IPV4), RouteRefreshMessage.REQUEST));
            assertThat(hex(List.of(line.readNews()))).containsExactly("ROUTE_REFRESH 00010101");
            assertThat(hex(List.of(line.readNews())).get(0)).endsWith(ROUTE_4);
            assertThat(hex(List.of(line.readNews()))).containsExactly("ROUTE_REFRESH 00010201");
        }
    }

    @Test
    void silence_longerThanTheHoldTime_endsTheSession() throws IOException {
        configure(router.settings(3, false, true));
        try (Line line = router.established()) {
            long began = System.nanoTime();
            NotificationMessage words = line.lastWords();
            assertThat(words.is(BgpError.HOLD_TIMER_EXPIRED)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofMillis(2700), Duration.ofSeconds(5));
        }
    }

    @Test
    void keepalives_comeAtAThirdOfTheNegotiatedHoldTime() throws IOException {
        configure(router.settings(3, false, true));
        try (Line line = router.established()) {
            line.readUpdates(2);
            long began = System.nanoTime();
            line.expect(MessageType.KEEPALIVE);
            line.send(KeepaliveMessage.INSTANCE);
            line.expect(MessageType.KEEPALIVE);
            line.send(KeepaliveMessage.INSTANCE);
            // never more often than once a second, whatever the jitter
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofMillis(1900), Duration.ofMillis(4500));
        }
    }

    @Test
    void clear_saysAdministrativeReset_andComesBack() throws IOException {
        configure(router.settings());
        try (Line line = router.established()) {
            Speakers.awaitState(speaker, router.id, SessionState.ESTABLISHED);
            speaker.clear(router.id);
            assertThat(line.lastWords().is(BgpError.ADMINISTRATIVE_RESET)).isTrue();
        }
        try (Line again = router.established()) {
            again.readUpdates(2);
        }
    }

    @Test
    void disable_saysAdministrativeShutdown_andStaysDownUntilEnabled() throws IOException {
        configure(router.settings());
        try (Line line = router.established()) {
            Speakers.awaitState(speaker, router.id, SessionState.ESTABLISHED);
            configure(router.settings(9, false, false));
            NotificationMessage words = line.lastWords();
            assertThat(words.is(BgpError.ADMINISTRATIVE_SHUTDOWN)).isTrue();
            assertThat(words.shutdownCommunication()).contains("peer disabled by the operator");
        }
        Speakers.awaitState(speaker, router.id, SessionState.IDLE);
        configure(router.settings());
        router.established().close();
    }

    @Test
    void removal_saysPeerDeconfigured() throws IOException {
        configure(router.settings());
        try (Line line = router.established()) {
            Speakers.awaitState(speaker, router.id, SessionState.ESTABLISHED);
            configure();
            assertThat(line.lastWords().is(BgpError.PEER_DECONFIGURED)).isTrue();
        }
    }

    @Test
    void equalSettings_again_touchNothing() throws IOException {
        configure(router.settings());
        try (Line line = router.established()) {
            Speakers.awaitState(speaker, router.id, SessionState.ESTABLISHED);
            configure(router.settings());
            configure(router.settings(30, false, true)); // the hold time holds from the next session on
            line.readUpdates(2);
            line.expect(MessageType.KEEPALIVE);
            assertThat(Speakers.peer(speaker, router.id).counters()).containsEntry("established_transitions", 1L);
        }
    }

    @Test
    void shutdown_saysFarewellWithinATenthOfASecond() throws IOException {
        configure(router.settings());
        try (Line line = router.established()) {
            Speakers.awaitState(speaker, router.id, SessionState.ESTABLISHED);
            long began = System.nanoTime();
            speaker.shutdown("the appliance stops", Duration.ofSeconds(1));
            NotificationMessage words = line.lastWords();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(100));
            assertThat(words.is(BgpError.ADMINISTRATIVE_SHUTDOWN)).isTrue();
            assertThat(words.shutdownCommunication()).contains("the appliance stops");
        }
    }

    @Test
    void close_twiceOver_leavesNoThread() throws IOException {
        for (int round = 0; round < 2; round++) {
            try (NettySpeaker other = Speakers.impatient()) {
                other.warmUp();
                other.configure(new SpeakerSettings(Speakers.freePort(), List.of(router.settings())));
                router.established().close();
            }
        }
        speaker.close();
        Speakers.await(() -> bgpThreads().isEmpty(), () -> "left behind: " + bgpThreads());
        speaker = Speakers.impatient();
    }

    private static List<String> bgpThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("bgp"))
                .toList();
    }

    @Test
    void passivePeer_neverCalls_andIsCalled() throws IOException {
        int port = Speakers.freePort();
        speaker.configure(new SpeakerSettings(port, List.of(router.settings(9, true, true))));
        Speakers.awaitState(speaker, router.id, SessionState.ACTIVE);
        try (Line line = callWhenListening(router, port)) {
            line.establish(FakeRouter.open());
            line.readUpdates(2);
        }
        Speakers.awaitState(speaker, router.id, SessionState.ACTIVE);
        try (FakeRouter stranger = new FakeRouter("stranger", "127.0.1.9");
                Line line = callWhenListening(stranger, port)) {
            assertThat(line.isClosedBySpeaker()).isTrue();
        }
    }

    private static Line callWhenListening(FakeRouter router, int port) {
        List<Line> lines = new ArrayList<>();
        Speakers.await(
                () -> {
                    try {
                        lines.add(router.call(HERE, port));
                        return true;
                    } catch (IOException notYet) {
                        return false;
                    }
                },
                () -> "nobody listens on " + port);
        return lines.get(0);
    }

    @Test
    void listener_whosePortWasTaken_listensWhenItIsFree() throws IOException {
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"));
        int port = taken.getLocalPort();
        speaker.configure(new SpeakerSettings(port, List.of(router.settings(9, true, true))));
        Speakers.awaitState(speaker, router.id, SessionState.ACTIVE);
        taken.close();
        try (Line line = callWhenListening(router, port)) {
            line.establish(FakeRouter.open());
        }
    }

    @Test
    void collision_withALowerRouter_keepsTheConnectionThatWeMade() throws IOException {
        collide("10.0.0.1", true);
    }

    @Test
    void collision_withAHigherRouter_keepsTheConnectionThatItMade() throws IOException {
        collide("10.0.0.200", false);
    }

    private void collide(String routerId, boolean oursStays) throws IOException {
        int port = Speakers.freePort();
        speaker.configure(new SpeakerSettings(port, List.of(router.settings())));
        try (Line ours = router.accept();
                Line theirs = callWhenListening(router, port)) {
            ours.expect(MessageType.OPEN);
            theirs.expect(MessageType.OPEN);
            ours.send(FakeRouter.open(routerId, Set.of()));
            theirs.send(FakeRouter.open(routerId, Set.of()));
            Line loser = oursStays ? theirs : ours;
            Line winner = oursStays ? ours : theirs;
            assertThat(loser.lastWords().is(BgpError.CONNECTION_COLLISION_RESOLUTION))
                    .isTrue();
            winner.expect(MessageType.KEEPALIVE);
            winner.send(KeepaliveMessage.INSTANCE);
            winner.readUpdates(2);
            Speakers.awaitState(speaker, router.id, SessionState.ESTABLISHED);
        }
    }

    @Test
    void routerThatDoesNotRead_delaysNobodyElse() throws Exception {
        try (FakeRouter slow = new FakeRouter("slow", "127.0.1.2")) {
            configure(router.settings(300, false, true), slow.settings(300, false, true));
            try (Line fastLine = router.established();
                    Line slowLine = slow.established()) {
                Speakers.awaitState(speaker, slow.id, SessionState.ESTABLISHED);
                Speakers.awaitState(speaker, router.id, SessionState.ESTABLISHED);
                fastLine.readUpdates(2);
                List<WantedRoute> many = new ArrayList<>();
                // a next hop each, so that each route has an UPDATE of its own and no socket takes all of them
                for (int i = 0; i < 150_000; i++) {
                    many.add(new WantedRoute(
                            new Route(IpPrefix.host(IpAddress.v4(0x0A000000 + i)), IpAddress.v4(0x0B000000 + i)),
                            null));
                }
                var answers = speaker.owner("test").replaceAll(many);
                fastLine.readUpdates(150_000);
                assertThat(delivered(answers).state()).isEqualTo(Delivery.State.WRITTEN);
                assertThat(answers.get(slow.id).toCompletableFuture()).isNotDone();
                slowLine.readUpdates(2 + 150_000);
                assertThat(answers.get(slow.id)
                                .toCompletableFuture()
                                .get(30, TimeUnit.SECONDS)
                                .state())
                        .isEqualTo(Delivery.State.WRITTEN);
            }
        }
    }

    @Test
    void routerThatReadsNothing_isGivenUpAfterTheSendHoldTime_howeverLittleWaits() throws Exception {
        router.receiveLittle();
        configure(router.settings(6, false, true));
        try (Line line = router.established()) {
            RouteOwner owner = speaker.owner("test");
            long taken = System.nanoTime();
            for (int i = 0; i < 2000; i++) {
                if (!isTaken(owner.apply(routes(i * 500, 500)), line)) {
                    break;
                }
                taken = System.nanoTime();
            }
            Speakers.await(
                    () -> {
                        keepAlive(line);
                        return String.valueOf(Speakers.peer(speaker, router.id).lastError())
                                .contains("(8/0)");
                    },
                    () -> "it should be given up: " + Speakers.peer(speaker, router.id));
            assertThat(Duration.ofNanos(System.nanoTime() - taken))
                    .as("twice the hold time")
                    .isBetween(Duration.ofMillis(11_900), Duration.ofSeconds(30));
        }
    }

    /** False when the socket has not taken it within three seconds, in which the router goes on to live. */
    private boolean isTaken(Map<PeerId, CompletionStage<Delivery>> answers, Line line) throws Exception {
        for (int i = 0; i < 30; i++) {
            keepAlive(line);
            try {
                answers.get(router.id).toCompletableFuture().get(100, TimeUnit.MILLISECONDS);
                return true;
            } catch (java.util.concurrent.TimeoutException notYet) {
                continue;
            }
        }
        return false;
    }

    private static void keepAlive(Line line) {
        try {
            line.send(KeepaliveMessage.INSTANCE);
        } catch (IOException closed) {
            assertThat(closed).hasMessageMatching(".*(reset|[Bb]roken pipe|closed).*");
        }
    }

    /** A route and a next hop each. */
    private static List<RouteChange> routes(int from, int count) {
        List<RouteChange> changes = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            changes.add(announce(
                    IpPrefix.host(IpAddress.v4(0x0A000000 + i)).toString(),
                    IpAddress.v4(0x0B000000 + i).toString()));
        }
        return changes;
    }

    @Test
    void connectionThatIsClosedBeforeAnybodyLooks_isMadeAgain() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        // the loop is kept busy from when it has begun to connect until the router has closed
        try (AutoCloseable busy = speaker.listen(event ->
                speaker.advertised(null).thenRun(() -> speaker.advertised(null).thenRun(() -> waitFor(closed))))) {
            configure(router.settings());
            router.accept().close();
            closed.countDown();
            router.established().close();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void listenerThatFails_stopsNoPeer() throws Exception {
        AutoCloseable failing = speaker.listen(event -> {
            throw new IllegalStateException("as the test wants");
        });
        configure(router.settings());
        for (int round = 0; round < 2; round++) {
            try (Line line = router.established()) {
                line.readUpdates(2);
                Delivery said = delivered(
                        speaker.owner("test").apply(List.of(announce("203.0.113." + round + "/32", "198.51.100.11"))));
                assertThat(said.state()).isEqualTo(Delivery.State.WRITTEN);
            }
        }
        failing.close();
    }

    @Test
    void routesThatNoUpdateCanCarry_areSuppressed_andTheOthersGo() throws Exception {
        configure(router.settings());
        try (Line line = router.established()) {
            line.readUpdates(2);
            var owner = speaker.owner("test");
            var mixed = List.of(
                    announce("203.0.113.1/32", "2001:db8:f::11"),
                    announce("2001:db8::1/128", "198.51.100.11"),
                    announce("203.0.113.2/32", "127.0.1.1"),
                    announce("203.0.113.10/32", "198.51.100.11"));
            Delivery said = delivered(owner.apply(mixed));
            assertThat(said.state()).isEqualTo(Delivery.State.SUPPRESSED);
            assertThat(said.reason()).contains("RFC 8950");
            assertThat(hex(line.readUpdates(1)).get(0)).endsWith(ROUTE_4);
            List<AdvertisedRoute> rows =
                    speaker.advertised(router.id).toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(rows.stream().map(row -> row.route().prefix() + " " + row.state() + " " + row.reason()))
                    .containsExactly(
                            "203.0.113.1/32 SUPPRESSED a next hop of IPV6 for a route of IPV4 needs RFC 8950,"
                                    + " which isn't supported",
                            "203.0.113.2/32 SUPPRESSED the next hop is the peer itself (RFC 4271 section 5.1.3)",
                            "203.0.113.10/32 WRITTEN null",
                            "2001:db8::1/128 SUPPRESSED a next hop of IPV4 for a route of IPV6 needs RFC 8950,"
                                    + " which isn't supported");
            assertThat(Speakers.peer(speaker, router.id).announced()).isEqualTo(1);
            owner.replaceAll(List.of());
            assertThat(hex(line.readUpdates(1))).containsExactly("UPDATE 0005" + ROUTE_4 + "0000");
        }
    }

    @Test
    void answers_whoseSessionIsLostWhileTheyWait_comeExactlyOnce() throws Exception {
        router.receiveLittle();
        configure(router.settings(300, false, true));
        RouteOwner owner = speaker.owner("test");
        List<CompletionStage<Delivery>> waiting = new ArrayList<>();
        try (Line line = router.established()) {
            line.readUpdates(2);
            for (int i = 0; i < 200; i++) {
                waiting.add(owner.apply(routes(i * 1000, 1000)).get(router.id));
            }
            Delivery first = waiting.get(0).toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(first.state()).isEqualTo(Delivery.State.WRITTEN);
        }
        for (CompletionStage<Delivery> each : waiting) {
            assertThat(each.toCompletableFuture().get(30, TimeUnit.SECONDS).state())
                    .isIn(Delivery.State.WRITTEN, Delivery.State.SESSION_DOWN);
        }
        assertThat(waiting.get(199).toCompletableFuture().get().state()).isEqualTo(Delivery.State.SESSION_DOWN);
    }

    @Test
    void floodOfRefreshRequests_isAnsweredAFewTimes() throws Exception {
        speaker.owner("test").apply(List.of(announce("203.0.113.10/32", "198.51.100.11")));
        configure(router.settings());
        try (Line line = router.established()) {
            line.readUpdates(3);
            byte[] request = Line.bytes(new RouteRefreshMessage(AfiSafi.IPV4_UNICAST, RouteRefreshMessage.REQUEST));
            byte[] flood = new byte[2000 * request.length];
            for (int i = 0; i < 2000; i++) {
                System.arraycopy(request, 0, flood, i * request.length, request.length);
            }
            line.send(flood);
            line.readUpdates(1);
            Speakers.await(
                    () -> Speakers.peer(speaker, router.id).counters().get("messages_received_route_refresh") == 2000,
                    () -> "all should be read: " + Speakers.peer(speaker, router.id));
            assertThat(Speakers.peer(speaker, router.id).counters().get("messages_sent_update"))
                    .isLessThan(3 + 200);
        }
    }

    @Test
    void peersAddedAndRemoved_touchNoOther() throws Exception {
        configure(router.settings());
        try (Line line = router.established();
                FakeRouter second = new FakeRouter("second", "127.0.1.2")) {
            line.readUpdates(2);
            for (int round = 0; round < 2; round++) {
                configure(second.settings(), router.settings());
                try (Line other = second.established()) {
                    other.readUpdates(2);
                    configure(router.settings());
                    assertThat(other.lastWords().is(BgpError.PEER_DECONFIGURED)).isTrue();
                }
            }
            line.send(KeepaliveMessage.INSTANCE);
            line.expect(MessageType.KEEPALIVE);
            assertThat(Speakers.peer(speaker, router.id).counters()).containsEntry("established_transitions", 1L);
        }
    }

    @Test
    void routerThatAcceptsAndSaysNothing_isNotGivenUp_andDelaysNobody() throws IOException {
        try (FakeRouter silent = new FakeRouter("silent", "127.0.1.2")) {
            configure(silent.settings(), router.settings());
            try (Line line = silent.accept();
                    Line other = router.established()) {
                line.expect(MessageType.OPEN);
                other.readUpdates(2);
                Speakers.awaitState(speaker, silent.id, SessionState.OPEN_SENT);
            }
        }
    }

    @Test
    void connectionThatIsCutInTheMiddleOfAMessage_isMadeAgain() throws IOException {
        configure(router.settings());
        try (Line line = router.established()) {
            line.send(new byte[] {-1, -1, -1});
        }
        router.established().close();
    }

    @Test
    void nobodyListening_isTriedAgain_andSaysWhy() throws IOException {
        PeerSettings settings = router.settings();
        router.close();
        configure(settings);
        Speakers.await(
                () -> speaker.peers().stream()
                        .anyMatch(p -> String.valueOf(p.lastError()).contains("refused")),
                () -> "should be refused: " + speaker.peers());
        assertThat(speaker.peers().get(0).lastError())
                .isEqualTo("connect to 127.0.1.1 port " + settings.port() + ": Connection refused");
        try (ServerSocket late = new ServerSocket(settings.port(), 1, InetAddress.getByName("127.0.1.1"))) {
            late.setSoTimeout(8000);
            try (Socket ignored = late.accept()) {
                assertThat(ignored.isConnected()).isTrue();
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("it never tried again", e);
        }
    }
}
