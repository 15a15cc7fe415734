// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.client.AmphoraClient;
import org.l3distributor.client.AmphoraEndpoint;
import org.l3distributor.client.CallResult;
import org.l3distributor.client.internal.retry.Backoff;
import org.l3distributor.client.internal.retry.Breaker;
import org.l3distributor.client.internal.tls.ClientTls;
import org.l3distributor.client.simulated.SimulatedAmphora;
import org.l3distributor.client.simulated.TestPki;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.distributor.model.Metric;
import org.l3distributor.distributor.model.Owner;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.distributor.model.RemovalResult;
import org.l3distributor.distributor.model.RouteState;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

@Timeout(120)
class ClientsTest {
    private static final PeerId TOR1 = new PeerId("tor1");

    @TempDir
    Path directory;

    private Clients clients;
    private SimulatedAmphora amphora;

    @BeforeEach
    void start() throws IOException {
        amphora = new SimulatedAmphora("speaker-1", "tor1", "tor2");
        clients = clients("controller.pem", 5, 40_000);
    }

    @AfterEach
    void stop() {
        clients.close();
        amphora.close();
    }

    /** In place of the patient ones that are for what must succeed, however busy the machine is. */
    private void hasty() throws IOException {
        clients.close();
        clients = clients("controller.pem", 5, 1500);
    }

    private Clients clients(String certificate, int breaker, int deadline) throws IOException {
        return clients(certificate, breaker, deadline, Duration.ofHours(1));
    }

    private Clients clients(String certificate, int breaker, int deadline, Duration memory) throws IOException {
        return new Clients(
                new ClientTls(TestPki.copy(certificate, directory), TestPki.copy("authority.crt", directory)),
                new Clients.Limits(
                        Duration.ofMillis(deadline),
                        Duration.ofMillis(deadline / 2),
                        Duration.ofMillis(4L * deadline),
                        Duration.ofMillis(deadline / 2),
                        new Backoff(Duration.ofMillis(20), Duration.ofMillis(100)),
                        new Breaker.Rules(
                                breaker,
                                Duration.ofMillis(300),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(2),
                                memory)));
    }

    private static Registration registration(int number, PeerId peer) {
        return new Registration(
                new Owner.Amphora("amphora-" + number),
                IpAddress.parse("203.0.113." + number),
                IpAddress.parse("10.20.0." + number),
                peer);
    }

    private static Removal removal(Registration r) {
        return new Removal(r.owner(), r.vip(), r.nextHop(), r.peer());
    }

    private static <T> CallResult<T> ended(CompletionStage<CallResult<T>> stage) throws Exception {
        return stage.toCompletableFuture().get(90, TimeUnit.SECONDS);
    }

    private static <T> T answered(CompletionStage<CallResult<T>> stage) throws Exception {
        CallResult<T> result = ended(stage);
        assertThat(result).isInstanceOf(CallResult.Answered.class);
        return ((CallResult.Answered<T>) result).value();
    }

    private static <T> CallResult.Unavailable<T> unavailable(CompletionStage<CallResult<T>> stage) throws Exception {
        CallResult<T> result = ended(stage);
        assertThat(result).isInstanceOf(CallResult.Unavailable.class);
        return (CallResult.Unavailable<T>) result;
    }

    private AmphoraClient client() {
        return clients.amphora(amphora.endpoint());
    }

    @Test
    void register_thenList_thenUnregister_goesThere() throws Exception {
        List<Registration> all = List.of(registration(1, TOR1), registration(2, null));
        List<RegistrationStatus> registered = answered(client().register(all));
        assertThat(registered).extracting(RegistrationStatus::registration).isEqualTo(all);
        assertThat(registered.get(1).peers()).hasSize(2).allSatisfy(peer -> {
            assertThat(peer.state()).isEqualTo(RouteState.ANNOUNCED);
            assertThat(peer.writtenAt()).isNotNull();
        });
        assertThat(answered(client().registrations()))
                .extracting(RegistrationStatus::registration)
                .containsExactlyInAnyOrderElementsOf(all);
        RemovalResult removed =
                answered(client().unregister(List.of(removal(all.get(0)), removal(registration(9, null)))));
        assertThat(removed.removed()).singleElement().satisfies(r -> {
            assertThat(r.registration()).isEqualTo(all.get(0));
            assertThat(r.peers().get(0).state()).isEqualTo(RouteState.WITHDRAWN);
        });
        assertThat(removed.absent()).containsExactly(removal(registration(9, null)));
        assertThat(amphora.registrations()).containsExactly(all.get(1));
    }

    @Test
    void register_ofNothing_callsNobody() throws Exception {
        assertThat(answered(client().register(List.of()))).isEmpty();
        assertThat(answered(client().unregister(List.of())).removed()).isEmpty();
        assertThat(amphora.calls()).isEmpty();
    }

    @Test
    void registrations_ofManyPages_areAllThere() throws Exception {
        List<Registration> all = new ArrayList<>();
        for (int i = 0; i < 12_345; i++) {
            all.add(new Registration(
                    new Owner.Amphora("a"), IpAddress.v4(0xCB00_0000 + i), IpAddress.parse("10.20.0.1"), TOR1));
        }
        amphora.tamper(all, List.of());
        assertThat(answered(client().registrations())).hasSize(12_345);
        assertThat(amphora.calls()).hasSize(3);
    }

    @Test
    void ownVips_ofACombinedAmphora_areTold_andStopEndsThem() throws Exception {
        amphora.serve(IpAddress.parse("203.0.113.10"), IpAddress.parse("10.20.0.11"));
        assertThat(answered(client().ownVips())).singleElement().satisfies(own -> {
            assertThat(own.vip().served()).isTrue();
            assertThat(own.peers()).hasSize(2);
        });
        answered(client().stop("lb1"));
        assertThat(amphora.stopped()).isTrue();
        assertThat(answered(client().ownVips()))
                .singleElement()
                .satisfies(own -> assertThat(own.vip().reason()).contains("no listener"));
    }

    @Test
    void conflict_isRejectedWithItsReason_andNotRepeated() throws Exception {
        answered(client().register(List.of(registration(1, TOR1))));
        Registration other = new Registration(
                new Owner.Amphora("amphora-2"), registration(1, TOR1).vip(), IpAddress.parse("10.20.0.99"), TOR1);
        CallResult<List<RegistrationStatus>> result = ended(client().register(List.of(other)));
        assertThat(result).isInstanceOfSatisfying(CallResult.Rejected.class, rejected -> {
            assertThat(rejected.status()).isEqualTo(409);
            assertThat(rejected.code()).isEqualTo("conflict");
            assertThat(rejected.message()).contains("10.20.0.1");
        });
        assertThat(amphora.calls()).hasSize(2);
        assertThat(clients.troubles()).isEmpty();
    }

    @Test
    void faults_thatPass_areNotSeenByTheCaller() throws Exception {
        List<SimulatedAmphora.Misbehaviour> bad = List.of(
                exchange -> SimulatedAmphora.answer(exchange, 500, "{\"error\":\"500\"}"),
                exchange -> SimulatedAmphora.answer(exchange, 503, "<h1>not JSON</h1>"),
                exchange -> SimulatedAmphora.answer(exchange, 302, "{}"),
                exchange -> SimulatedAmphora.answer(exchange, 200, "gar\u0000bage"),
                exchange -> SimulatedAmphora.answer(exchange, 200, "{\"registrations\":[{\"vip_ip\":7}]}"),
                exchange -> SimulatedAmphora.answer(exchange, 200, ""),
                exchange -> SimulatedAmphora.answer(
                        exchange, 200, "{\"registrations\":[{\"vip_ip\":\"224.0.0.1\",\"nexthop_ip\":\"10.0.0.1\"}]}"),
                exchange -> true);
        for (SimulatedAmphora.Misbehaviour one : bad) {
            AtomicInteger times = new AtomicInteger(2);
            amphora.misbehave(exchange -> times.getAndDecrement() > 0 && one.instead(exchange));
            answered(client().register(List.of(registration(1, TOR1))));
            assertThat(times.get()).isNegative();
        }
        assertThat(clients.troubles()).isEmpty();
    }

    @Test
    void faults_thatStay_areUnavailableByTheDeadline_andSentWhenItWas() throws Exception {
        hasty();
        amphora.misbehave(
                exchange -> SimulatedAmphora.answer(exchange, 500, "{\"message\":\"Oh\",\"details\":\"no\"}"));
        long begun = System.nanoTime();
        CallResult.Unavailable<?> result = unavailable(client().register(List.of(registration(1, TOR1))));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThat(result.sent()).isTrue();
        assertThat(result.reason()).contains("speaker-1", "PUT", "500", "Oh: no");
        assertThat(amphora.calls()).hasSizeGreaterThan(2);
    }

    @Test
    void once_isNotRepeated_andCountsForTheBreaker() throws Exception {
        amphora.misbehave(exchange -> SimulatedAmphora.answer(exchange, 503, "{}"));
        unavailable(client().once().registrations());
        unavailable(client().once().reload("lb1"));
        assertThat(amphora.calls()).hasSize(2);
        assertThat(clients.troubles()).extracting(t -> t.failures()).containsExactly(2);
    }

    @Test
    void amphora_thatIsNotThere_isUnavailable_andNothingWasSent() throws Exception {
        hasty();
        amphora.close();
        CallResult.Unavailable<?> result = unavailable(client().registrations());
        assertThat(result.sent()).isFalse();
        assertThat(result.reason()).contains("no connection");
    }

    @Test
    void amphora_thatTakesTheConnectionAndSaysNothing_isUnavailableByTheDeadline() throws Exception {
        hasty();
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            AmphoraEndpoint there =
                    new AmphoraEndpoint("speaker-1", (InetSocketAddress) silent.getLocalSocketAddress());
            long begun = System.nanoTime();
            unavailable(clients.amphora(there).registrations());
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void answer_thatNeverEnds_isUnavailableByTheDeadline() throws Exception {
        hasty();
        CountDownLatch over = new CountDownLatch(1);
        amphora.misbehave(exchange -> drip(exchange, over));
        try {
            unavailable(client().registrations());
        } finally {
            over.countDown();
        }
    }

    /** A byte now and then, so that the connection lives and the answer never ends. */
    private static boolean drip(HttpExchange exchange, CountDownLatch over) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try {
            for (int i = 0; i < 1000 && !over.await(20, TimeUnit.MILLISECONDS); i++) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    @Test
    void answer_withoutBound_isRefusedBeforeItFillsTheHeap() throws Exception {
        amphora.misbehave(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 1000; i++) {
                exchange.getResponseBody().write(block);
            }
            return true;
        });
        assertThat(unavailable(client().registrations()).reason()).contains("more than 8388608 bytes");
    }

    @Test
    void anotherAmphoraAtTheAddress_isRefusedInTheHandshake_andNotTriedAgain() throws Exception {
        AmphoraEndpoint wrong = new AmphoraEndpoint("speaker-2", amphora.address());
        CallResult.Unavailable<?> result = unavailable(clients.amphora(wrong).register(List.of(registration(1, TOR1))));
        assertThat(result.reason()).contains("the certificate names speaker-1, not amphora speaker-2");
        assertThat(result.sent()).isFalse();
        assertThat(amphora.calls()).isEmpty();
        assertThat(clients.troubles()).extracting(t -> t.failures()).containsExactly(1);
    }

    /** A connection that was made to the amphora before must not carry a call to the one that has its address now. */
    @Test
    void addressThatChangesItsAmphora_usesNoOldConnection() throws Exception {
        answered(client().registrations());
        AmphoraEndpoint other = new AmphoraEndpoint("speaker-2", amphora.address());
        assertThat(unavailable(clients.amphora(other).registrations()).reason()).contains("names speaker-1");
        answered(client().registrations());
    }

    @Test
    void serverOfAnotherAuthority_isRefused() throws Exception {
        amphora.close();
        amphora = new SimulatedAmphora("amphora-1", "stranger", 0, "tor1");
        assertThat(unavailable(client().registrations()).reason()).contains("handshake failed");
    }

    @Test
    void serverThatIsNamedByItsSubjectAlone_isTaken() throws Exception {
        amphora.close();
        amphora = new SimulatedAmphora("named-by-subject", "tor1");
        assertThat(answered(client().registrations())).isEmpty();
    }

    @Test
    void clientOfAnotherAuthority_isUnavailable() throws Exception {
        clients.close();
        clients = clients("stranger.pem", 1000, 4000);
        // Which end is faster decides what is seen: the alert, or the end of the connection.
        assertThat(unavailable(client().registrations()).reason())
                .containsAnyOf("TLS connection failed", "handshake failed", "connection broke");
        assertThat(amphora.calls()).isEmpty();
    }

    @Test
    void ipv6Address_isCalled() throws Exception {
        amphora.close();
        amphora = SimulatedAmphora.onIpv6("speaker-1", "tor1");
        assertThat(answered(client().registrations())).isEmpty();
    }

    @Test
    void breaker_stopsCallingAfterFailures_andComesBack() throws Exception {
        clients.close();
        clients = clients("controller.pem", 2, 1500);
        CountDownLatch back = new CountDownLatch(1);
        amphora.misbehave(exchange -> back.getCount() > 0 && SimulatedAmphora.answer(exchange, 500, "{}"));
        unavailable(client().registrations());
        int tried = amphora.calls().size();
        assertThat(tried)
                .as("at most two failures, then tries after 0.3 s, 0.6 s ...")
                .isBetween(1, 5);
        assertThat(clients.troubles())
                .singleElement()
                .satisfies(t -> assertThat(t.closed()).isTrue());
        assertThat(unavailable(client().registrations()).reason()).contains("isn't called before");
        assertThat(amphora.calls()).hasSize(tried);
        back.countDown();
        CallResult<?> result = ended(client().registrations());
        for (int i = 0; i < 200 && !(result instanceof CallResult.Answered); i++) {
            LockSupport.parkNanos(20_000_000);
            result = ended(client().registrations());
        }
        assertThat(result).isInstanceOf(CallResult.Answered.class);
        assertThat(clients.troubles()).isEmpty();
    }

    /** It was dead, and another one is in its place. */
    @Test
    void anAmphora_thatNobodyCallsAnyMore_isNoLongerAmongThoseThatFail() throws Exception {
        clients.close();
        clients = clients("controller.pem", 2, 1500, Duration.ofSeconds(1));
        amphora.misbehave(exchange -> SimulatedAmphora.answer(exchange, 500, "{}"));
        unavailable(client().registrations());
        assertThat(gauge("amphorae_failing")).isEqualTo(1);
        assertThat(gauge("amphorae_shut_off")).isEqualTo(1);
        for (int i = 0; i < 1000 && gauge("amphorae_failing") > 0; i++) {
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(gauge("amphorae_failing")).isZero();
        assertThat(gauge("amphorae_shut_off")).isZero();
    }

    private double gauge(String name) {
        return clients.metrics().metrics().stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .orElseThrow()
                .samples()
                .get(0)
                .value();
    }

    @Test
    void discover_isAskedOnceAndWhileTheBreakerIsOpen_andClosesIt() throws Exception {
        clients.close();
        clients = clients("controller.pem", 1, 20_000);
        amphora.misbehave(exchange -> SimulatedAmphora.answer(exchange, 503, "{}"));
        unavailable(client().discover());
        assertThat(amphora.calls()).containsExactly("GET /");
        assertThat(clients.troubles()).as("nobody waits for it yet").isEmpty();
        hasty();
        unavailable(client().registrations());
        assertThat(clients.troubles()).isNotEmpty();
        amphora.behave();
        assertThat(answered(client().discover())).isEqualTo("1.0");
        assertThat(clients.troubles()).isEmpty();
        assertThat(answered(client().registrations())).isEmpty();
    }

    @Test
    void work_thatTheAmphoraTriedAndCouldNotDo_isToldAtOnce() throws Exception {
        amphora.misbehave(exchange -> SimulatedAmphora.answer(
                exchange, 500, "{\"message\":\"Error starting haproxy\",\"details\":\"no such address\"}"));
        CallResult.Unavailable<?> result = unavailable(client().reload("lb1"));
        assertThat(result.sent()).isTrue();
        assertThat(result.reason()).contains("Error starting haproxy: no such address");
        assertThat(amphora.calls()).containsExactly("PUT /1.0/loadbalancer/lb1/reload");
        assertThat(clients.troubles()).as("the amphora is well").isEmpty();
    }

    /** A reload may take longer than the deadline of calls that only ask; an amphora that is away is told by the deadline. */
    @Test
    void work_takesItsTime_butIsNotTriedForLonger() throws Exception {
        hasty();
        CountDownLatch late = new CountDownLatch(1);
        answered(client().uploadHaproxy("lb1", new byte[0]));
        amphora.misbehave(exchange -> {
            hangs(late);
            return false;
        });
        CompletionStage<CallResult<Reply.Ok>> reload = client().reload("lb1");
        unavailable(client().info());
        assertThat(reload.toCompletableFuture())
                .as("the deadline of the other is over")
                .isNotDone();
        late.countDown();
        assertThat(ended(reload)).isInstanceOf(CallResult.Answered.class);
        amphora.close();
        long begun = System.nanoTime();
        unavailable(client().reload("lb1"));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void loadBalancer_isUploadedReloadedAndDeleted() throws Exception {
        answered(client().uploadHaproxy("lb1", "frontend f".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        assertThat(amphora.agent().configuration("lb1")).isEqualTo("frontend f");
        answered(client().reload("lb1"));
        assertThat(amphora.agent().running()).containsExactly("lb1");
        answered(client().stop("lb1"));
        assertThat(amphora.stopped()).isTrue();
        answered(client().start("lb1"));
        assertThat(amphora.stopped()).isFalse();
        answered(client().deleteLoadBalancer("lb1"));
        assertThat(amphora.agent().running()).isEmpty();
        assertThat(answered(client().details()).haproxies()).isZero();
    }

    private double metric(String name, String result) {
        return clients.metrics().metrics().stream()
                .filter(m -> m.name().equals(name))
                .flatMap(m -> m.samples().stream())
                .filter(sample -> sample.labels().getOrDefault("result", "").equals(result))
                .mapToDouble(Metric.Sample::value)
                .sum();
    }

    @Test
    void metrics_countEndingsAttemptsAndTroubles() throws Exception {
        hasty();
        answered(client().registrations());
        ended(client().start("unknown"));
        amphora.misbehave(exchange -> SimulatedAmphora.answer(exchange, 503, "{}"));
        unavailable(client().registrations());
        assertThat(metric("amphora_calls_total", "answered")).isEqualTo(1);
        assertThat(metric("amphora_calls_total", "rejected")).isEqualTo(1);
        assertThat(metric("amphora_calls_total", "unavailable")).isEqualTo(1);
        assertThat(metric("amphora_call_attempts_total", ""))
                .isEqualTo(amphora.calls().size());
        assertThat(metric("amphorae_failing", "")).isEqualTo(1);
        assertThat(metric("amphorae_shut_off", "")).isEqualTo(1);
    }

    @Test
    void idThatWouldLeadElsewhere_isNoCall() {
        for (String id : List.of("", "..", "a/b", "a b", "a?b", "%2e")) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> client().stop(id))
                    .as(id)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(amphora.calls()).isEmpty();
    }

    @Test
    void certificate_thatChanges_isTaken_andABadOneIsNot() throws Exception {
        clients.close();
        clients = clients("controller.pem", 5, 4000);
        assertThat(clients.renew()).isFalse();
        answered(client().registrations());
        replace("controller.pem", TestPki.bytes("stranger.pem"));
        assertThat(clients.renew()).isTrue();
        unavailable(client().registrations());
        replace("controller.pem", TestPki.bytes("controller-2.pem"));
        assertThat(clients.renew()).isTrue();
        answered(client().registrations());
        replace("controller.pem", "no PEM".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        org.assertj.core.api.Assertions.assertThatThrownBy(clients::renew)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("controller.pem");
        answered(client().registrations());
    }

    private void replace(String name, byte[] content) throws IOException {
        Path next = Files.write(directory.resolve("next"), content);
        Files.move(next, directory.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void close_endsOpenCalls() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        CountDownLatch reached = new CountDownLatch(1);
        amphora.misbehave(exchange -> {
            reached.countDown();
            return hangs(hang);
        });
        CompletionStage<CallResult<List<RegistrationStatus>>> open = client().registrations();
        assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
        clients.close();
        assertThat(unavailable(open).reason()).contains("stopped");
        assertThat(unavailable(client().registrations()).reason()).contains("stopped");
        hang.countDown();
    }

    private static boolean hangs(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    @Test
    void aHundredCallsAtOnce_allEnd() throws Exception {
        List<CompletionStage<CallResult<List<RegistrationStatus>>>> all = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            all.add(client().register(List.of(registration(i, TOR1))));
        }
        for (CompletionStage<CallResult<List<RegistrationStatus>>> one : all) {
            answered(one);
        }
        assertThat(amphora.registrations()).hasSize(100);
    }
}
