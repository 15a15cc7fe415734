// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.beat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.controller.core.internal.HandClock;
import org.l3distributor.controller.core.internal.beat.Counts.Why;
import org.l3distributor.controller.core.internal.beat.Receiver.Datagram;
import org.l3distributor.controller.core.internal.health.HealthMachine;
import org.l3distributor.controller.core.internal.health.Silence;
import org.l3distributor.controller.core.internal.health.WithdrawalBudget;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.AmphoraHealth;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.ListenerStatistics;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.contract.MemoryStore;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.heartbeat.Envelope;
import org.l3distributor.heartbeat.Heartbeat;
import org.l3distributor.net.Secret;

class BeatTest {
    private static final Secret KEY = Secret.of("insecure-test-key");
    private static final String LB = "11111111-0000-4000-8000-000000000001";
    private static final String LISTENER = "22222222-0000-4000-8000-000000000001";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HandClock clock = new HandClock();
    private final MemoryStore store = new MemoryStore(clock);
    private final Counts counts = new Counts();
    private final Intake intake = new Intake(store, KEY, new HealthMachine(Duration.ofSeconds(10)), TIMEOUT, counts);
    private final Undertaker undertaker = undertaker(Duration.ZERO);

    private Undertaker undertaker(Duration grace) {
        return new Undertaker(store, new Undertaker.Settings(Silence.DEFAULT, WithdrawalBudget.DEFAULT, grace));
    }

    /** A load balancer with a listener and four amphorae that were just heard. */
    @BeforeEach
    void fill() throws StoreException {
        store.run(tx -> {
            InService.loadBalancer(tx, LB, LISTENER, OperatingStatus.ONLINE, 4);
            for (int i = 1; i <= 4; i++) {
                tx.amphorae().insert(Things.amphora("amphora-" + i, LB, "192.0.2." + i, "198.51.100." + i));
                tx.health().heard(List.of(new AmphoraHealth("amphora-" + i, tx.now(), false)));
            }
        });
        intake.refresh(clock.now);
    }

    private Heartbeat heartbeat(String amphora, long sequence) {
        return new Heartbeat(
                amphora,
                sequence,
                Map.of(LISTENER, new Heartbeat.Listener("OPEN", new Heartbeat.Counts(10, 20, 3, 4, 1))),
                Map.of());
    }

    private void send(byte[]... datagrams) throws StoreException {
        intake.take(
                Arrays.stream(datagrams).map(d -> new Datagram(d, clock.now)).toList(), clock.now);
        intake.flush(clock);
    }

    private byte[] sealed(String amphora, long sequence) {
        return Envelope.seal(heartbeat(amphora, sequence).toJson(), KEY);
    }

    private Instant lastUpdate(String amphora) throws StoreException {
        return store.in(tx -> tx.health().find(amphora).orElseThrow().lastUpdate());
    }

    private void nobodyWasHeard() throws StoreException {
        for (int i = 1; i <= 4; i++) {
            assertThat(lastUpdate("amphora-" + i)).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        }
    }

    @Test
    void aHeartbeat_isWritten_andItsNumbersAreAdded() throws StoreException {
        clock.now = clock.now.plusSeconds(5);
        send(sealed("amphora-1", 0), sealed("amphora-1", 1));
        assertThat(lastUpdate("amphora-1")).isEqualTo(clock.now);
        assertThat(store.in(tx -> tx.statistics().of(LISTENER)).get(0).bytesIn())
                .isEqualTo(20);
        assertThat(counts.alive.sum()).isEqualTo(2);
    }

    @Test
    void aWrongHmac_64KilobytesOfZeros_andAZipBomb_writeNothing() throws Exception {
        clock.now = clock.now.plusSeconds(5);
        byte[] wrong = Envelope.seal(heartbeat("amphora-1", 0).toJson(), Secret.of("another key"));
        long before = store.transactions();
        send(
                wrong,
                new byte[Envelope.MAX_DATAGRAM],
                bomb(),
                new byte[0],
                signed("no zlib".getBytes(StandardCharsets.UTF_8)));
        assertThat(store.transactions()).isEqualTo(before);
        nobodyWasHeard();
        assertThat(counts.refused(Why.HMAC)).isEqualTo(2);
        assertThat(counts.refused(Why.BOMB)).isEqualTo(1);
        assertThat(counts.refused(Why.LENGTH)).isEqualTo(1);
        assertThat(counts.refused(Why.COMPRESSION)).isEqualTo(1);
    }

    @Test
    void whatIsNoHeartbeat_andWhoIsUnknown_writeNothing() throws Exception {
        clock.now = clock.now.plusSeconds(5);
        send(Envelope.seal("[1, 2]".getBytes(StandardCharsets.UTF_8), KEY), sealed("amphora-9", 0));
        nobodyWasHeard();
        assertThat(counts.refused(Why.MALFORMED)).isEqualTo(1);
        assertThat(counts.refused(Why.UNKNOWN)).isEqualTo(1);
    }

    @Test
    void anOldHeartbeat_sentAgain_isNoSignOfLife() throws StoreException {
        byte[] old = sealed("amphora-1", 7);
        send(old);
        clock.now = clock.now.plusSeconds(70);
        send(old, old);
        nobodyWasHeard();
        assertThat(counts.refused(Why.OLD)).isEqualTo(2);
    }

    @Test
    void aHeartbeat_thatWaitedTooLong_isNoSignOfLife() throws StoreException {
        Datagram waited = new Datagram(sealed("amphora-1", 0), clock.now);
        clock.now = clock.now.plusSeconds(11);
        intake.take(List.of(waited), clock.now);
        intake.flush(clock);
        nobodyWasHeard();
        assertThat(counts.refused(Why.LATE)).isEqualTo(1);
    }

    @Test
    void anAmphora_withoutItsListener_isNoSignOfLife() throws StoreException {
        clock.now = clock.now.plusSeconds(5);
        send(Envelope.seal(new Heartbeat("amphora-1", 0, Map.of(), Map.of()).toJson(), KEY));
        nobodyWasHeard();
        assertThat(counts.refused(Why.INCOMPLETE)).isEqualTo(1);
    }

    @Test
    void aListener_thatIsNotInTheTables_doesNotEndTheBatch() throws StoreException {
        clock.now = clock.now.plusSeconds(5);
        Map<String, Heartbeat.Listener> two =
                new HashMap<>(heartbeat("amphora-1", 0).listeners());
        two.put("unknown", new Heartbeat.Listener("OPEN", new Heartbeat.Counts(1, 1, 1, 1, 1)));
        send(Envelope.seal(new Heartbeat("amphora-1", 0, two, Map.of()).toJson(), KEY), sealed("amphora-2", 0));
        assertThat(lastUpdate("amphora-2")).isEqualTo(clock.now);
    }

    private OperatingStatus listenerState() throws StoreException {
        return store.in(
                tx -> tx.listeners().find(LISTENER).orElseThrow().header().operating());
    }

    private void allSay(String word, long sequence) throws StoreException {
        for (int i = 1; i <= 4; i++) {
            send(Envelope.seal(saying("amphora-" + i, sequence, word).toJson(), KEY));
        }
    }

    private static Heartbeat saying(String amphora, long sequence, String word) {
        return new Heartbeat(
                amphora, sequence, Map.of(LISTENER, new Heartbeat.Listener(word, Heartbeat.Counts.NONE)), Map.of());
    }

    @Test
    void statesAreWritten_whenAllAmphoraeWereHeard_andThenOnlyWhenTheyChange() throws StoreException {
        for (int i = 1; i <= 4; i++) {
            assertThat(listenerState()).isEqualTo(OperatingStatus.OFFLINE);
            send(sealed("amphora-" + i, 0));
        }
        assertThat(listenerState()).isEqualTo(OperatingStatus.ONLINE);
        allSay("OPEN", 1);
        long before = store.transactions();
        allSay("OPEN", 2);
        assertThat(store.transactions() - before)
                .as("who lives, and nothing else")
                .isEqualTo(4);
        send(Envelope.seal(saying("amphora-3", 3, "FULL").toJson(), KEY));
        assertThat(listenerState()).isEqualTo(OperatingStatus.DEGRADED);
    }

    @Test
    void statesOfALoadBalancerThatWasChanged_areWrittenAfterTheNextLook() throws StoreException {
        store.run(tx -> {
            LoadBalancer read = tx.loadBalancers().find(LB).orElseThrow();
            tx.loadBalancers().update(read, read);
        });
        allSay("OPEN", 0);
        assertThat(listenerState()).isEqualTo(OperatingStatus.OFFLINE);
        assertThat(intake.isStale()).isTrue();
        intake.refresh(clock.now);
        send();
        assertThat(listenerState()).isEqualTo(OperatingStatus.ONLINE);
    }

    @Test
    void aLoadBalancerThatHasAllItsAmphoraeAgain_isOnlineAgain() throws StoreException {
        allSay("OPEN", 0);
        store.run(tx -> {
            LoadBalancer read = tx.loadBalancers().find(LB).orElseThrow();
            tx.loadBalancers().update(read, read.with(read.header().with(OperatingStatus.DEGRADED)));
            tx.amphorae().delete("amphora-4");
        });
        intake.refresh(clock.now);
        send();
        store.run(tx -> tx.amphorae().insert(Things.amphora("amphora-5", LB, "192.0.2.5", "198.51.100.5")));
        intake.refresh(clock.now);
        send(sealed("amphora-5", 0));
        LoadBalancer now = store.in(tx -> tx.loadBalancers().find(LB).orElseThrow());
        assertThat(now.header().operating()).isEqualTo(OperatingStatus.ONLINE);
    }

    @Test
    void whatIsCountedWhileTheTablesAreAway_isWrittenWhenTheyAreBack_andWhoLivedThenIsNot() throws StoreException {
        send(sealed("amphora-1", 0));
        store.broken(true);
        clock.now = clock.now.plusSeconds(10);
        assertThatThrownBy(() -> send(sealed("amphora-1", 1), sealed("amphora-2", 0)))
                .isInstanceOf(StoreException.class);
        store.broken(false);
        clock.now = clock.now.plusSeconds(50);
        send(sealed("amphora-1", 2));
        List<ListenerStatistics> counted = store.in(tx -> tx.statistics().of(LISTENER));
        assertThat(counted)
                .containsExactly(
                        new ListenerStatistics(LISTENER, "amphora-1", 30, 60, 3, 12, 3),
                        new ListenerStatistics(LISTENER, "amphora-2", 10, 20, 3, 4, 1));
        assertThat(lastUpdate("amphora-1")).isEqualTo(clock.now);
        assertThat(lastUpdate("amphora-2")).isBefore(clock.now.minusSeconds(59));
    }

    /** While they are away nothing is written, and what is taken waits: an amphora that dies meanwhile was heard when it spoke. */
    @Test
    void whoWasHeardWhileTheTablesWereAway_isWrittenWithTheTimeAtWhichItWasHeard() throws StoreException {
        clock.now = clock.now.plusSeconds(10);
        Instant spoke = clock.now;
        intake.take(List.of(new Datagram(sealed("amphora-1", 0), spoke)), clock.now);
        clock.now = clock.now.plusSeconds(45);
        send(sealed("amphora-2", 0));
        assertThat(lastUpdate("amphora-1")).isEqualTo(spoke);
        assertThat(lastUpdate("amphora-2")).isEqualTo(clock.now);
    }

    @Test
    void nobodyIsDeclaredDead_untilAmphoraeHadTheTimeToBeHeard_afterTheTablesWereAway() throws StoreException {
        Undertaker patient = undertaker(Duration.ofSeconds(30));
        silent("amphora-2");
        assertThat(patient.look()).as("it has just begun").isEmpty();
        clock.now = clock.now.plusSeconds(30);
        store.broken(true);
        assertThatThrownBy(patient::look).isInstanceOf(StoreException.class);
        store.broken(false);
        assertThat(patient.look()).as("the tables were away").isEmpty();
        clock.now = clock.now.plusSeconds(29);
        assertThat(patient.look()).isEmpty();
        clock.now = clock.now.plusSeconds(1);
        heardBut("amphora-2");
        assertThat(patient.look()).containsExactly("amphora-2");
    }

    /** All but those named are heard, a minute later. */
    private void silent(String... amphorae) throws StoreException {
        clock.now = clock.now.plus(TIMEOUT).plusSeconds(1);
        heardBut(amphorae);
    }

    private void heardBut(String... amphorae) throws StoreException {
        List<String> quiet = List.of(amphorae);
        store.run(tx -> {
            List<AmphoraHealth> heard = new ArrayList<>();
            for (int i = 1; i <= 4; i++) {
                if (!quiet.contains("amphora-" + i)) {
                    heard.add(new AmphoraHealth("amphora-" + i, tx.now(), false));
                }
            }
            tx.health().heard(heard);
        });
    }

    private List<Task> tasks() throws StoreException {
        return store.in(tx -> tx.tasks().open(100));
    }

    @Test
    void aSilentAmphora_isDeclaredDeadOnce_whoeverLooks() throws Exception {
        silent("amphora-2");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<List<String>>> looks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Undertaker one = undertaker(Duration.ZERO);
            looks.add(threads.submit(() -> {
                start.await();
                return one.look();
            }));
        }
        start.countDown();
        List<String> dead = new ArrayList<>();
        for (Future<List<String>> look : looks) {
            dead.addAll(look.get(30, TimeUnit.SECONDS));
        }
        threads.shutdown();
        assertThat(dead).containsExactly("amphora-2");
        assertThat(tasks()).singleElement().satisfies(task -> {
            assertThat(task.kind()).isEqualTo("AMPHORA_REPLACE");
            assertThat(task.targetId()).isEqualTo("amphora-2");
        });
        Amphora row = store.in(tx -> tx.amphorae().find("amphora-2").orElseThrow());
        assertThat(row.status()).isEqualTo(ProvisioningStatus.ERROR);
        LoadBalancer lb = store.in(tx -> tx.loadBalancers().find(LB).orElseThrow());
        assertThat(lb.header().operating()).isEqualTo(OperatingStatus.DEGRADED);
        assertThat(undertaker.look()).isEmpty();
    }

    @Test
    void moreThanTheBudget_isDeclaredDeadOneWindowLater() throws StoreException {
        silent("amphora-1", "amphora-2", "amphora-3");
        assertThat(undertaker.look()).containsExactly("amphora-1", "amphora-2");
        assertThat(undertaker.look()).isEmpty();
        silent("amphora-1", "amphora-2", "amphora-3");
        assertThat(undertaker.look()).containsExactly("amphora-3");
    }

    @Test
    void theLastOneThatServes_isReplacedBeforeItIsTakenOut() throws StoreException {
        store.run(tx -> {
            for (int i = 2; i <= 4; i++) {
                tx.health().delete("amphora-" + i);
                tx.amphorae().delete("amphora-" + i);
            }
        });
        silent("amphora-1");
        assertThat(undertaker.look()).containsExactly("amphora-1");
        assertThat(tasks())
                .singleElement()
                .satisfies(task -> assertThat(task.data()).contains("\"keep\""));
    }

    @Test
    void allOfThemAtOnce_areTheNetwork_andNobodyIsDeclaredDead_untilAnOperatorSaysSo() throws StoreException {
        silent("amphora-1", "amphora-2", "amphora-3", "amphora-4");
        assertThat(undertaker.look()).isEmpty();
        assertThat(undertaker.held()).isEqualTo(4);
        store.run(tx -> tx.health().giveUp(tx.now().minus(TIMEOUT)));
        assertThat(undertaker(Duration.ZERO).look())
                .as("whatever controller looks")
                .hasSize(4);
        assertThat(undertaker.look()).isEmpty();
        assertThat(undertaker.held()).isZero();
        // None is taken out before its successor serves.
        assertThat(tasks()).allSatisfy(task -> assertThat(task.data()).contains("\"keep\""));
    }

    @Test
    void whoIsHeardAgain_afterAnOperatorSaidThatAllAreDead_isNotDeclaredDead() throws StoreException {
        silent("amphora-1", "amphora-2", "amphora-3", "amphora-4");
        store.run(tx -> tx.health().giveUp(tx.now().minus(TIMEOUT)));
        send(sealed("amphora-1", 0), sealed("amphora-2", 0), sealed("amphora-3", 0));
        assertThat(undertaker.look()).containsExactly("amphora-4");
    }

    /** A host with four of sixteen amphorae: nobody says anything, and they're replaced one after the other all the same. */
    @Test
    void fourThatStaySilentForLong_areReplacedOneAfterTheOther() throws StoreException {
        silent("amphora-1", "amphora-2", "amphora-3", "amphora-4");
        assertThat(undertaker.look()).isEmpty();
        clock.now = clock.now.plus(Silence.DEFAULT.patience());
        assertThat(undertaker.look()).containsExactly("amphora-1");
        assertThat(undertaker.look()).isEmpty();
        store.run(tx -> tx.amphorae().delete("amphora-1"));
        assertThat(undertaker.look())
                .as("three are left, which may fall silent together")
                .containsExactly("amphora-2", "amphora-3", "amphora-4");
    }

    /** Nobody makes machines: three were declared dead, hours apart, and wait. */
    @Test
    void amphoraeThatWaitToBeReplaced_keepNobodyElseFromBeingDeclaredDead() throws StoreException {
        silent("amphora-1");
        assertThat(undertaker.look()).containsExactly("amphora-1");
        silent("amphora-1", "amphora-2");
        assertThat(undertaker.look()).containsExactly("amphora-2");
        clock.now = clock.now.plus(Duration.ofHours(1));
        silent("amphora-1", "amphora-2", "amphora-3");
        assertThat(undertaker.look()).containsExactly("amphora-3");
        clock.now = clock.now.plus(Duration.ofHours(1));
        silent("amphora-1", "amphora-2", "amphora-3", "amphora-4");
        assertThat(undertaker.look()).containsExactly("amphora-4");
    }

    @Test
    void aHealthManager_hearsAmphorae_andDeclaresTheSilentOneDeadWithinASecondOfItsTimeout() throws Exception {
        Clock real = Clock.systemUTC();
        MemoryStore live = new MemoryStore(real);
        live.run(tx -> {
            LoadBalancer made = Things.loadBalancer(LB, "lb", "203.0.113.9");
            tx.loadBalancers().insert(made.with(made.header().with(ProvisioningStatus.ACTIVE)));
            Listener listener = Things.listener(LISTENER, LB, 80, null);
            tx.listeners().insert(listener);
            for (int i = 1; i <= 3; i++) {
                tx.amphorae().insert(Things.amphora("amphora-" + i, LB, "192.0.2." + i, "198.51.100." + i));
                tx.health().heard(List.of(new AmphoraHealth("amphora-" + i, tx.now(), false)));
            }
        });
        CountDownLatch declared = new CountDownLatch(1);
        Duration timeout = Duration.ofSeconds(3);
        HealthManager.Settings settings = new HealthManager.Settings(
                new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0),
                KEY,
                Duration.ofSeconds(10),
                Silence.of(Duration.ofSeconds(10), timeout, Duration.ofMinutes(5), Duration.ZERO),
                WithdrawalBudget.DEFAULT,
                Duration.ofMillis(50),
                Duration.ofMillis(100));
        try (HealthManager manager = new HealthManager(live, settings, real, declared::countDown, new BeatLog());
                DatagramSocket amphorae = new DatagramSocket()) {
            long sequence = 0;
            Instant began = real.instant();
            while (declared.getCount() > 0 && real.instant().isBefore(began.plusSeconds(30))) {
                for (String id : List.of("amphora-1", "amphora-3")) {
                    byte[] datagram = sealed(id, sequence);
                    amphorae.send(new DatagramPacket(
                            datagram, datagram.length, InetAddress.getByName("127.0.0.1"), manager.port()));
                }
                sequence++;
                boolean now = declared.await(200, TimeUnit.MILLISECONDS);
                assertThat(now).isEqualTo(declared.getCount() == 0);
            }
            Instant since =
                    live.in(tx -> tx.health().find("amphora-2").orElseThrow().lastUpdate());
            assertThat(Duration.between(since.plus(timeout), real.instant())).isLessThan(Duration.ofSeconds(5));
            assertThat(live.in(tx -> tx.tasks().open(9)).get(0).targetId()).isEqualTo("amphora-2");
            assertThat(manager.counts().alive.sum()).isGreaterThan(10);
        }
    }

    private static byte[] bomb() throws IOException, GeneralSecurityException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream stream = new DeflaterOutputStream(out)) {
            stream.write(new byte[20 * Envelope.MAX_MESSAGE]);
        }
        return signed(out.toByteArray());
    }

    private static byte[] signed(byte[] compressed) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.reveal(), "HmacSHA256"));
        byte[] trailer = HexFormat.of().formatHex(mac.doFinal(compressed)).getBytes(StandardCharsets.US_ASCII);
        byte[] datagram = Arrays.copyOf(compressed, compressed.length + trailer.length);
        System.arraycopy(trailer, 0, datagram, compressed.length, trailer.length);
        return datagram;
    }
}
