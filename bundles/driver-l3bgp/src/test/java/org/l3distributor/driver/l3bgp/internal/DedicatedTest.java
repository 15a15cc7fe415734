// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.l3distributor.client.simulated.SimulatedAmphora;
import org.l3distributor.distributor.driver.Assignment;
import org.l3distributor.distributor.driver.DistributorStatus;
import org.l3distributor.distributor.driver.DriverResult;
import org.l3distributor.distributor.driver.MemberStatus.Reach;
import org.l3distributor.distributor.driver.Operation;
import org.l3distributor.distributor.driver.Progress;
import org.l3distributor.distributor.driver.RecordEditor;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.driver.VipStatus;
import org.l3distributor.distributor.driver.contract.MemoryRecords;
import org.l3distributor.distributor.model.Metric;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Owner;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/** What becomes of operations and repair when dedicated speakers are away, lie, or were tampered with. */
@Timeout(180)
class DedicatedTest {
    private static final IpAddress VIP = IpAddress.parse("203.0.113.10");
    private static final VipKey KEY = new VipKey("d1", "lb1");

    private final Surroundings around = new Surroundings("speaker", 4);
    private final MemoryRecords records = new MemoryRecords();
    private L3BgpDriver driver;

    @BeforeEach
    void start() throws Exception {
        records.put(around.dedicated(1));
        driver = around.driver(records);
        done(driver.addVip(KEY, List.of(VIP)));
    }

    @AfterEach
    void stop() {
        driver.close();
        around.close();
    }

    private void hasty() {
        driver.close();
        driver = around.hasty(records);
    }

    private static <T> DriverResult<T> ended(Operation<T> operation) throws Exception {
        return operation.result().toCompletableFuture().get(120, TimeUnit.SECONDS);
    }

    private static <T> T done(Operation<T> operation) throws Exception {
        DriverResult<T> result = ended(operation);
        assertThat(result).isInstanceOf(DriverResult.Done.class);
        return ((DriverResult.Done<T>) result).value();
    }

    private static DriverResult.Unfinished<VipStatus> unfinished(Operation<VipStatus> operation) throws Exception {
        DriverResult<VipStatus> result = ended(operation);
        assertThat(result).isInstanceOf(DriverResult.Unfinished.class);
        return (DriverResult.Unfinished<VipStatus>) result;
    }

    private Operation<VipStatus> register(int... numbers) {
        return driver.registerAmphorae(
                KEY,
                IntStream.of(numbers)
                        .mapToObj(n -> Surroundings.member(n, null))
                        .toList());
    }

    private Operation<VipStatus> unregister(int number) {
        return driver.unregisterAmphorae(KEY, List.of("amphora-" + number));
    }

    private RepairReport repaired() throws Exception {
        return driver.repair().toCompletableFuture().get(120, TimeUnit.SECONDS);
    }

    private VipRecord record() throws Exception {
        return records.vip(KEY).orElseThrow();
    }

    private SimulatedAmphora speakerOf(int number) throws Exception {
        String id = record().assignments().stream()
                .filter(a -> a.amphoraId().equals("amphora-" + number))
                .findFirst()
                .orElseThrow()
                .speakerId();
        return around.amphorae.stream()
                .filter(a -> a.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<Registration> onTheWire() {
        return around.amphorae.stream().flatMap(a -> a.registrations().stream()).toList();
    }

    private static boolean down(com.sun.net.httpserver.HttpExchange exchange) throws java.io.IOException {
        return SimulatedAmphora.answer(exchange, 500, "{\"error\":\"500 Internal Server Error\",\"http_code\":500}");
    }

    @Test
    void register_putsOneNextHopOnEachSpeaker_forEachPeer() throws Exception {
        done(register(1, 2, 3, 4));
        assertThat(around.amphorae).allSatisfy(speaker -> {
            assertThat(speaker.registrations()).hasSize(2);
            assertThat(speaker.registrations())
                    .extracting(Registration::nextHop)
                    .containsOnly(speaker.registrations().get(0).nextHop());
            assertThat(speaker.registrations())
                    .extracting(Registration::peer)
                    .containsExactlyInAnyOrder(new PeerId("tor1"), new PeerId("tor2"));
        });
    }

    @Test
    void unregister_whileTheSpeakerIsAway_isUnfinishedEachTime_untilRepairHasWithdrawn() throws Exception {
        hasty();
        done(register(1, 2));
        SimulatedAmphora speaker = speakerOf(1);
        speaker.misbehave(DedicatedTest::down);
        for (int i = 0; i < 2; i++) {
            assertThat(unfinished(unregister(1)).reasons())
                    .as("it is still announced, so it must not be called done")
                    .hasSize(2)
                    .allSatisfy(reason -> assertThat(reason).contains("not withdrawn", speaker.id()));
        }
        assertThat(record().assignments()).anyMatch(Assignment::leaving);
        assertThat(speaker.registrations()).hasSize(2);
        speaker.behave();
        await(() -> {
            repaired();
            return record().assignments().stream().noneMatch(Assignment::leaving);
        });
        assertThat(speaker.registrations()).isEmpty();
        done(unregister(1));
    }

    private interface Check {
        boolean holds() throws Exception;
    }

    /** The client's breaker lets nothing through for a while. */
    private static void await(Check check) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!check.holds()) {
            assertThat(System.nanoTime()).as("within 30 s").isLessThan(deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
    }

    @Test
    void unregister_isDone_althoughAnotherMembersSpeakerIsAway() throws Exception {
        hasty();
        done(register(1, 2));
        speakerOf(2).misbehave(DedicatedTest::down);
        VipStatus status = done(unregister(1));
        assertThat(status.members())
                .singleElement()
                .satisfies(m -> assertThat(m.reach()).isEqualTo(Reach.UNREACHABLE));
    }

    @Test
    void removeVip_whileASpeakerIsAway_keepsTheRecordThatKnowsOfIt() throws Exception {
        hasty();
        done(register(1, 2));
        SimulatedAmphora speaker = speakerOf(1);
        speaker.misbehave(DedicatedTest::down);
        unfinished(driver.removeVip(KEY));
        assertThat(record().assignments()).isNotEmpty().allMatch(Assignment::leaving);
        speaker.behave();
        await(() -> ended(driver.removeVip(KEY)) instanceof DriverResult.Done);
        assertThat(records.vip(KEY)).isEmpty();
        assertThat(onTheWire()).isEmpty();
    }

    @Test
    void register_whereSomebodyElseHoldsThePlace_makesRoom() throws Exception {
        done(register(1));
        SimulatedAmphora speaker = speakerOf(1);
        Registration right = speaker.registrations().get(0);
        Registration stray =
                new Registration(new Owner.Amphora("gone"), VIP, IpAddress.parse("10.20.0.99"), right.peer());
        speaker.tamper(List.of(stray), List.of(right));
        done(register(1));
        assertThat(speaker.registrations()).contains(right).doesNotContain(stray);
    }

    @Test
    void repair_putsRightWhatWasLostAndWhatNobodyWants_andThenHasNothingToDo() throws Exception {
        done(register(1, 2));
        List<Registration> right = onTheWire();
        Registration stray =
                new Registration(new Owner.Amphora("gone"), VIP, IpAddress.parse("10.20.0.99"), new PeerId("tor1"));
        Registration foreign = new Registration(
                new Owner.Amphora("gone"), IpAddress.parse("198.51.100.1"), IpAddress.parse("10.20.0.99"), null);
        SimulatedAmphora victim = speakerOf(1);
        victim.tamper(List.of(stray, foreign), victim.registrations());
        around.amphorae.stream().filter(a -> a != victim).forEach(a -> a.tamper(List.of(foreign), List.of()));
        assertThat(repaired().mended()).isEqualTo(5);
        assertThat(onTheWire()).containsExactlyInAnyOrderElementsOf(right);
        int calls = calls();
        RepairReport second = repaired();
        assertThat(second.mended()).isZero();
        assertThat(second.vips()).isEqualTo(1);
        assertThat(calls() - calls)
                .as("one list for each speaker, and nothing else")
                .isEqualTo(4);
    }

    private int calls() {
        return around.amphorae.stream().mapToInt(a -> a.calls().size()).sum();
    }

    @Test
    void controllerKilledBeforeTheWire_isFinishedByAnother() throws Exception {
        done(register(1, 2));
        RecordEditor killed = new RecordEditor(records, L3BgpDriver.L3_BGP);
        killed.change(
                KEY,
                VipWork.placing((distributor, read) ->
                        Outcome.done(read.without(List.of("amphora-1")).with(List.of(Surroundings.member(3, null))))));
        assertThat(onTheWire()).extracting(Registration::nextHop).contains(IpAddress.parse("10.20.0.1"));
        try (L3BgpDriver another = around.driver(records)) {
            assertThat(another.repair()
                            .toCompletableFuture()
                            .get(120, TimeUnit.SECONDS)
                            .mended())
                    .isEqualTo(1);
        }
        assertThat(onTheWire())
                .extracting(Registration::nextHop)
                .containsOnly(IpAddress.parse("10.20.0.2"), IpAddress.parse("10.20.0.3"));
        assertThat(record().assignments()).noneMatch(Assignment::leaving);
    }

    /** Another controller takes a member out, on the wire too, between this one's record and its announcement. */
    @Test
    void registerThatIsOvertakenByAnUnregister_takesBackWhatItHasAnnounced() throws Exception {
        done(register(1, 2));
        AtomicBoolean once = new AtomicBoolean();
        SimulatedAmphora speaker = speakerOf(1);
        speaker.misbehave(exchange -> {
            if (exchange.getRequestMethod().equals("PUT") && once.compareAndSet(false, true)) {
                overtake(read -> read.without(List.of("amphora-1"))
                        .withAssignments(read.assignments().stream()
                                .filter(a -> !a.amphoraId().equals("amphora-1"))
                                .toList()));
            }
            return false;
        });
        VipStatus status = done(register(2));
        assertThat(status.members()).extracting(m -> m.amphoraId()).doesNotContain("amphora-1");
        assertThat(onTheWire()).extracting(Registration::nextHop).doesNotContain(IpAddress.parse("10.20.0.1"));
    }

    @Test
    void registerThatIsOvertakenByARemoval_takesBackWhatItHasAnnounced() throws Exception {
        AtomicBoolean once = new AtomicBoolean();
        around.amphorae.forEach(speaker -> speaker.misbehave(exchange -> {
            if (exchange.getRequestMethod().equals("PUT") && once.compareAndSet(false, true)) {
                try {
                    records.remove(record());
                } catch (Exception e) {
                    throw new java.io.IOException(e);
                }
            }
            return false;
        }));
        assertThat(ended(register(1, 2))).isInstanceOf(DriverResult.Refused.class);
        assertThat(onTheWire()).isEmpty();
    }

    private void overtake(UnaryOperator<VipRecord> change) throws java.io.IOException {
        try {
            VipRecord read = record();
            assertThat(records.replace(read, change.apply(read))).isPresent();
        } catch (Exception e) {
            throw new java.io.IOException(e);
        }
    }

    @Test
    void speakerDeclaredDead_isReplacedAtTheNextLook_andNotWaitedFor() throws Exception {
        done(register(1, 2));
        SimulatedAmphora dead = speakerOf(1);
        dead.close();
        records.put(around.dedicated(1, dead.id()));
        VipStatus status = done(driver.registerAmphorae(KEY, List.of()));
        assertThat(status.members()).allSatisfy(m -> assertThat(m.reach()).isEqualTo(Reach.ANNOUNCED));
        assertThat(speakerOf(1)).isNotSameAs(dead);
        assertThat(record().assignments()).noneMatch(Assignment::leaving);
    }

    @Test
    void speakerDeclaredDead_isReplacedByRepairToo() throws Exception {
        done(register(1, 2));
        SimulatedAmphora dead = speakerOf(1);
        records.put(around.dedicated(1, dead.id()));
        assertThat(repaired().mended()).isEqualTo(1);
        assertThat(speakerOf(1)).isNotSameAs(dead);
        assertThat(speakerOf(1).registrations()).hasSize(2);
    }

    @Test
    void redundancy_putsEachNextHopOnSpeakersOfTwoRacks() throws Exception {
        records.put(around.dedicated(2));
        done(register(1, 2));
        assertThat(onTheWire()).hasSize(8);
        assertThat(around.amphorae)
                .allSatisfy(a -> assertThat(a.registrations()).hasSize(2));
    }

    @Test
    void fewerSpeakersThanMembers_isUnfinished_andSaysWhoIsLeftOut() throws Exception {
        records.put(around.dedicated(1, "speaker-1", "speaker-2", "speaker-3"));
        DriverResult.Unfinished<VipStatus> result = unfinished(register(1, 2));
        assertThat(result.reasons()).anySatisfy(r -> assertThat(r).contains("too few", "another speaker is needed"));
        assertThat(result.value().members())
                .extracting(m -> m.reach())
                .containsExactlyInAnyOrder(Reach.ANNOUNCED, Reach.UNPLACED);
    }

    @Test
    void sessionsThatAreDown_areWaitedForAWhile_thenTold() throws Exception {
        around.amphorae.forEach(a -> a.peerState("pending"));
        DriverResult.Unfinished<VipStatus> result = unfinished(register(1));
        assertThat(result.reasons()).anySatisfy(r -> assertThat(r).contains("tor1 PENDING (the session is down)"));
        assertThat(result.value().members()).singleElement().satisfies(m -> {
            assertThat(m.reach()).isEqualTo(Reach.PENDING);
            assertThat(m.routes()).hasSize(2);
        });
        around.amphorae.forEach(a -> a.peerState("announced"));
        done(register(1));
    }

    @Test
    void sessionThatComesUpMeanwhile_isSeen() throws Exception {
        around.amphorae.forEach(a -> a.peerState("pending"));
        Operation<VipStatus> operation = register(1);
        await(() -> around.amphorae.stream().anyMatch(a -> !a.registrations().isEmpty()));
        around.amphorae.forEach(a -> a.peerState("announced"));
        done(operation);
    }

    @Test
    void speakerThatHangs_holdsUpNoOther_andTheOperationEnds() throws Exception {
        hasty();
        CountDownLatch hang = new CountDownLatch(1);
        around.amphora(1).misbehave(exchange -> {
            try {
                hang.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        });
        try {
            Operation<VipStatus> operation = register(1, 2, 3, 4);
            await(() -> IntStream.rangeClosed(2, 4)
                    .allMatch(i -> around.amphora(i).registrations().size() == 2));
            assertThat(operation.progress().phase()).isEqualTo(Progress.Phase.ANNOUNCING);
            assertThat(operation.cancel()).as("what is wanted is wanted").isFalse();
            DriverResult.Unfinished<VipStatus> result = unfinished(operation);
            assertThat(result.value().members())
                    .extracting(m -> m.reach())
                    .containsExactlyInAnyOrder(Reach.ANNOUNCED, Reach.ANNOUNCED, Reach.ANNOUNCED, Reach.UNREACHABLE);
        } finally {
            hang.countDown();
        }
    }

    @Test
    void speakerThatAnswersOddly_isUnfinished_andMendedOnceItAnswersRight() throws Exception {
        try (L3BgpDriver brief = around.brief(records)) {
            for (Map.Entry<String, SimulatedAmphora.Misbehaviour> odd :
                    Oddities.all().entrySet()) {
                done(register(1));
                SimulatedAmphora speaker = speakerOf(1);
                speaker.misbehave(odd.getValue());
                assertThat(unfinished(brief.registerAmphorae(KEY, List.of())).reasons())
                        .as(odd.getKey())
                        .isNotEmpty()
                        .allSatisfy(reason -> assertThat(reason).contains("not announced", speaker.id()));
                assertThat(unfinished(brief.unregisterAmphorae(KEY, List.of("amphora-1")))
                                .reasons())
                        .as(odd.getKey())
                        .isNotEmpty()
                        .allSatisfy(reason -> assertThat(reason).contains("not withdrawn", speaker.id()));
                assertThat(brief.repair()
                                .toCompletableFuture()
                                .get(120, TimeUnit.SECONDS)
                                .unasked())
                        .as(odd.getKey())
                        .isPositive();
                assertThat(record().assignments()).as(odd.getKey()).isNotEmpty().allMatch(Assignment::leaving);
                speaker.behave();
                assertThat(repaired().mended()).isEqualTo(1);
                assertThat(record().assignments()).as(odd.getKey()).isEmpty();
                assertThat(speaker.registrations()).as(odd.getKey()).isEmpty();
            }
        }
    }

    @Test
    void metrics_countOperationsByTheirEndings_andRounds() throws Exception {
        done(register(1));
        ended(driver.addVip(KEY, List.of(IpAddress.parse("203.0.113.99"))));
        records.broken(true);
        ended(register(2));
        assertThatThrownBy(this::repaired).isInstanceOf(ExecutionException.class);
        records.broken(false);
        repaired();
        assertThat(metric("l3bgp_operations_total", "done")).isEqualTo(2);
        assertThat(metric("l3bgp_operations_total", "refused")).isEqualTo(1);
        assertThat(metric("l3bgp_operations_total", "failed")).isEqualTo(1);
        assertThat(metric("l3bgp_operations_open", "")).isZero();
        assertThat(metric("l3bgp_repair_rounds_total", "")).isEqualTo(2);
        assertThat(metric("l3bgp_repair_rounds_failed_total", "")).isEqualTo(1);
        assertThat(metric("l3bgp_vips", "")).isEqualTo(1);
    }

    private double metric(String name, String result) {
        return driver.metrics().metrics().stream()
                .filter(m -> m.name().equals(name))
                .flatMap(m -> m.samples().stream())
                .filter(sample -> sample.labels().getOrDefault("result", "").equals(result))
                .mapToDouble(Metric.Sample::value)
                .sum();
    }

    @Test
    void speakerWithAnothersCertificate_isNotToldAnything() throws Exception {
        SimulatedAmphora right = around.amphora(1);
        int port = right.address().getPort();
        right.close();
        try (SimulatedAmphora wrong = new SimulatedAmphora("speaker-1", "speaker-2", port, "tor1", "tor2")) {
            DriverResult.Unfinished<VipStatus> result = unfinished(register(1, 2, 3, 4));
            assertThat(result.reasons())
                    .anySatisfy(r -> assertThat(r).contains("names speaker-2, not amphora speaker-1"));
            assertThat(wrong.calls()).isEmpty();
        }
    }

    @Test
    void peerThatTheSpeakerDoesNotKnow_isToldInItsWords_andTheOthersAreAnnounced() throws Exception {
        SimulatedAmphora right = around.amphora(1);
        int port = right.address().getPort();
        right.close();
        try (SimulatedAmphora half = new SimulatedAmphora("speaker-1", "speaker-1", port, "tor1")) {
            DriverResult.Unfinished<VipStatus> result = unfinished(register(1, 2, 3, 4));
            assertThat(result.reasons())
                    .singleElement()
                    .satisfies(r -> assertThat(r).contains("to tor2", "refused: 400", "must be one of [tor1]"));
            assertThat(half.registrations()).hasSize(1);
            assertThat(result.value().members()).extracting(m -> m.reach()).contains(Reach.PARTIAL);
        }
    }

    @Test
    void status_namesSpeakersThatCantBeAsked() throws Exception {
        hasty();
        done(register(1, 2));
        around.amphora(4).close();
        DriverResult<DistributorStatus> result =
                driver.status("d1").toCompletableFuture().get(120, TimeUnit.SECONDS);
        DistributorStatus status = ((DriverResult.Done<DistributorStatus>) result).value();
        assertThat(status.speakers()).hasSize(4);
        assertThat(status.speakers().get(3).fault()).contains("no connection");
        assertThat(status.problems())
                .singleElement()
                .satisfies(p -> assertThat(p).contains("speaker-4"));
    }

    @Test
    void manyVips_areBroughtAboutByRepair_andThenLookedAtByOneListForEachSpeaker() throws Exception {
        RecordEditor editor = new RecordEditor(records, L3BgpDriver.L3_BGP);
        for (int i = 0; i < 200; i++) {
            VipKey key = new VipKey("d1", "load-balancer-" + i);
            editor.add(key, List.of(IpAddress.v4(0xC612_0000 + i)));
            editor.change(
                    key,
                    VipWork.placing((distributor, read) -> Outcome.done(read.with(IntStream.rangeClosed(1, 4)
                            .mapToObj(n -> Surroundings.member(n, null))
                            .toList()))));
        }
        RepairReport first = repaired();
        assertThat(first.mended()).isEqualTo(200);
        assertThat(onTheWire()).hasSize(1600);
        int calls = calls();
        RepairReport second = repaired();
        assertThat(second.vips()).isEqualTo(201);
        assertThat(second.mended()).isZero();
        assertThat(calls() - calls).isEqualTo(4);
    }

    @Test
    void manyOperationsOnManyVips_loseNone() throws Exception {
        List<Operation<VipStatus>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            VipKey key = new VipKey("d1", "other-" + i);
            driver.addVip(key, List.of(IpAddress.v4(0xC612_0000 + i)));
            for (int n = 1; n <= 4; n++) {
                all.add(driver.registerAmphorae(key, List.of(Surroundings.member(n, null))));
            }
            all.add(driver.unregisterAmphorae(key, List.of("amphora-1")));
        }
        for (Operation<VipStatus> one : all) {
            done(one);
        }
        assertThat(onTheWire()).hasSize(20 * 3 * 2);
        assertThat(repaired().mended()).isZero();
    }
}
