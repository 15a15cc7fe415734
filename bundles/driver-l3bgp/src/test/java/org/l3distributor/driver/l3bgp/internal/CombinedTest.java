// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.l3distributor.client.simulated.SimulatedAmphora;
import org.l3distributor.distributor.driver.Assignment;
import org.l3distributor.distributor.driver.DriverResult;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.MemberStatus.Reach;
import org.l3distributor.distributor.driver.Operation;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipStatus;
import org.l3distributor.distributor.driver.contract.MemoryRecords;
import org.l3distributor.net.IpAddress;

/** Members that announce what they serve: looked at, and stopped when they are taken out. */
@Timeout(180)
class CombinedTest {
    private static final IpAddress VIP = IpAddress.parse("203.0.113.10");
    private static final VipKey KEY = new VipKey("d1", "lb1");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Surroundings around = new Surroundings("amphora", 2);
    private final MemoryRecords records = new MemoryRecords();
    private L3BgpDriver driver;

    @BeforeEach
    void start() throws Exception {
        records.put(Surroundings.combined());
        driver = around.driver(records);
        done(driver.addVip(KEY, List.of(VIP)));
    }

    @AfterEach
    void stop() {
        driver.close();
        around.close();
    }

    private void patient() {
        driver.close();
        driver = around.driver(records, PATIENCE);
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

    private Operation<VipStatus> register(int number) {
        return driver.registerAmphorae(KEY, List.of(Surroundings.member(number, around.amphora(number))));
    }

    private void serve(int number) {
        around.amphora(number).serve(VIP, IpAddress.parse("10.20.0." + number));
    }

    @Test
    void member_thatDoesNotServe_isUnfinished_andSaysWhy() throws Exception {
        DriverResult.Unfinished<VipStatus> result = unfinished(register(1));
        assertThat(result.reasons())
                .singleElement()
                .satisfies(r -> assertThat(r).contains("isn't plugged there"));
        assertThat(result.value().members().get(0).reach()).isEqualTo(Reach.PENDING);
        serve(1);
        done(register(1));
    }

    /** A new load balancer has no listener before its user makes one. */
    @Test
    void membersThatServeNothing_areWaitedForAMoment_andNotAsLongAsRoutes() throws Exception {
        patient();
        long begun = System.nanoTime();
        unfinished(register(1));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE.dividedBy(2));
    }

    @Test
    void member_thatBeginsToServeMeanwhile_isSeen() throws Exception {
        patient();
        Operation<VipStatus> operation = register(1);
        while (around.amphora(1).calls().isEmpty()) {
            Thread.onSpinWait();
        }
        serve(1);
        assertThat(done(operation).members().get(0).routes()).hasSize(2);
    }

    @Test
    void unregister_stopsTheLoadBalancerThere_andNowhereElse() throws Exception {
        serve(1);
        serve(2);
        done(register(1));
        done(register(2));
        done(driver.unregisterAmphorae(KEY, List.of("amphora-1")));
        assertThat(around.amphora(1).stopped()).isTrue();
        assertThat(around.amphora(1).calls()).contains("PUT /1.0/loadbalancer/lb1/stop");
        assertThat(around.amphora(2).stopped()).isFalse();
    }

    @Test
    void unregister_ofOneThatDoesNotAnswer_isUnfinished_untilItIsDeleted() throws Exception {
        hasty();
        serve(1);
        done(register(1));
        around.amphora(1).close();
        unfinished(driver.unregisterAmphorae(KEY, List.of("amphora-1")));
        unfinished(driver.unregisterAmphorae(KEY, List.of("amphora-1")));
        assertThat(records.vip(KEY).orElseThrow().assignments()).isNotEmpty().allMatch(Assignment::leaving);
        records.delete("amphora-1");
        done(driver.unregisterAmphorae(KEY, List.of("amphora-1")));
        assertThat(records.vip(KEY).orElseThrow().assignments()).isEmpty();
    }

    @Test
    void unregister_ofOneThatStopsAndAnnouncesOn_isNotDone() throws Exception {
        serve(1);
        done(register(1));
        around.amphora(1)
                .misbehave(exchange -> exchange.getRequestMethod().equals("PUT")
                        && SimulatedAmphora.answer(exchange, 202, "{\"message\":\"OK\"}"));
        assertThat(unfinished(driver.unregisterAmphorae(KEY, List.of("amphora-1")))
                        .reasons())
                .singleElement()
                .satisfies(r -> assertThat(r).contains("still announces it"));
        around.amphora(1).behave();
        assertThat(driver.repair()
                        .toCompletableFuture()
                        .get(120, TimeUnit.SECONDS)
                        .mended())
                .isEqualTo(1);
        assertThat(around.amphora(1).stopped()).isTrue();
        assertThat(records.vip(KEY).orElseThrow().assignments()).isEmpty();
    }

    @Test
    void repair_looksAndChangesNothing() throws Exception {
        serve(1);
        done(register(1));
        List<String> before = around.amphora(1).calls();
        assertThat(driver.repair()
                        .toCompletableFuture()
                        .get(120, TimeUnit.SECONDS)
                        .mended())
                .isZero();
        assertThat(around.amphora(1).calls())
                .hasSize(before.size() + 1)
                .last()
                .isEqualTo("GET /1.0/distributor/own_vips");
    }

    @Test
    void memberThatAnswersOddly_isUnfinished_andDoneOnceItAnswersRight() throws Exception {
        serve(1);
        try (L3BgpDriver brief = around.brief(records)) {
            for (Map.Entry<String, SimulatedAmphora.Misbehaviour> odd :
                    Oddities.all().entrySet()) {
                done(register(1));
                around.amphora(1).misbehave(odd.getValue());
                DriverResult.Unfinished<VipStatus> result = unfinished(brief.registerAmphorae(KEY, List.of()));
                assertThat(result.value().members().get(0).reach())
                        .as(odd.getKey())
                        .isEqualTo(Reach.UNREACHABLE);
                assertThat(result.reasons())
                        .as(odd.getKey())
                        .allSatisfy(r -> assertThat(r).contains("amphora-1"));
                around.amphora(1).behave();
            }
        }
        done(register(1));
    }

    @Test
    void memberWithAnothersCertificate_isNotStopped_andItsRouteNotTakenForWithdrawn() throws Exception {
        Member alien = new Member(
                "amphora-1",
                around.amphora(2).address(),
                Surroundings.member(1, null).frontendIps(),
                "");
        around.amphora(2).serve(VIP, IpAddress.parse("10.20.0.1"));
        try (L3BgpDriver brief = around.brief(records)) {
            assertThat(unfinished(brief.registerAmphorae(KEY, List.of(alien))).reasons())
                    .allSatisfy(r -> assertThat(r).contains("names amphora-2"));
            unfinished(brief.unregisterAmphorae(KEY, List.of("amphora-1")));
        }
        assertThat(around.amphora(2).stopped()).isFalse();
        assertThat(around.amphora(2).calls()).isEmpty();
    }

    @Test
    void memberWithoutAnAddress_isUnreachable() throws Exception {
        DriverResult.Unfinished<VipStatus> result =
                unfinished(driver.registerAmphorae(KEY, List.of(Surroundings.member(1, null))));
        assertThat(result.value().members().get(0).reach()).isEqualTo(Reach.UNREACHABLE);
    }
}
