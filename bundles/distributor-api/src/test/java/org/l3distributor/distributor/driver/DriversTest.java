// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.l3distributor.net.IpAddress;

/** Drivers that throw, hang, lie or vanish. */
@Timeout(60)
class DriversTest {
    private static final String TYPE = "ODD";
    private static final VipKey KEY = new VipKey("d1", "lb1");
    private static final VipStatus STATUS = new VipStatus(KEY, List.of(), List.of());

    private final Drivers patient = new Drivers(Duration.ofSeconds(50));
    private final Drivers hasty = new Drivers(Duration.ofMillis(50));

    @AfterEach
    void close() {
        patient.close();
        hasty.close();
    }

    /** Does the same at every call. */
    private static final class Odd implements DistributorDriver {
        private final Supplier<Operation<VipStatus>> vips;

        Odd(Supplier<Operation<VipStatus>> vips) {
            this.vips = vips;
        }

        /** Of a VIP's operation in place of a distributor's: for what only ends and is never looked at. */
        @SuppressWarnings("unchecked")
        private Operation<DistributorStatus> distributors() {
            return (Operation<DistributorStatus>) (Operation<?>) vips.get();
        }

        @Override
        public Operation<DistributorStatus> createDistributor(String distributorId) {
            return distributors();
        }

        @Override
        public Operation<DistributorStatus> deleteDistributor(String distributorId) {
            return distributors();
        }

        @Override
        public Operation<VipStatus> addVip(VipKey vip, List<IpAddress> vips) {
            return this.vips.get();
        }

        @Override
        public Operation<VipStatus> removeVip(VipKey vip) {
            return vips.get();
        }

        @Override
        public Operation<VipStatus> registerAmphorae(VipKey vip, List<Member> members) {
            return vips.get();
        }

        @Override
        public Operation<VipStatus> unregisterAmphorae(VipKey vip, List<String> amphoraIds) {
            return vips.get();
        }

        @Override
        public Operation<VipStatus> drainAmphorae(VipKey vip, List<String> amphoraIds, Duration deadline) {
            return vips.get();
        }

        @Override
        public CompletionStage<DriverResult<DistributorStatus>> status(String distributorId) {
            return distributors().result();
        }
    }

    private static DistributorDriver with(Drivers drivers, Supplier<Operation<VipStatus>> calls) {
        drivers.add(TYPE, new Odd(calls));
        return drivers.of(TYPE).orElseThrow();
    }

    /** All eight calls, as stages of their results. */
    private static List<CompletionStage<? extends DriverResult<?>>> everyCall(DistributorDriver driver) {
        return List.of(
                driver.createDistributor("d1").result(),
                driver.deleteDistributor("d1").result(),
                driver.addVip(KEY, List.of()).result(),
                driver.removeVip(KEY).result(),
                driver.registerAmphorae(KEY, List.of()).result(),
                driver.unregisterAmphorae(KEY, List.of()).result(),
                driver.drainAmphorae(KEY, List.of(), Duration.ofMillis(1)).result(),
                driver.status("d1"));
    }

    private static void allFail(DistributorDriver driver, String reason) throws Exception {
        for (CompletionStage<? extends DriverResult<?>> stage : everyCall(driver)) {
            failed(stage, reason);
        }
    }

    private static void failed(CompletionStage<? extends DriverResult<?>> stage, String reason) throws Exception {
        DriverResult<?> result = stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(result)
                .isInstanceOfSatisfying(
                        DriverResult.Failed.class,
                        failed -> assertThat(failed.reason()).contains("driver ODD", reason));
    }

    private static Operation<VipStatus> giving(CompletionStage<DriverResult<VipStatus>> stage) {
        return new Operation<>() {
            @Override
            public CompletionStage<DriverResult<VipStatus>> result() {
                return stage;
            }

            @Override
            public Progress progress() {
                throw new IllegalStateException("I won't say");
            }

            @Override
            public boolean cancel() {
                throw new IllegalStateException("never");
            }
        };
    }

    @Test
    void driver_thatWorks_isHeardAsItIs() throws Exception {
        AtomicBoolean cancelled = new AtomicBoolean();
        RunningOperation<VipStatus> inner = new RunningOperation<>(() -> {
            cancelled.set(true);
            return true;
        });
        inner.progress(Progress.Phase.ANNOUNCING, 1, 4, "");
        CountDownLatch called = new CountDownLatch(1);
        DistributorDriver driver = with(patient, () -> {
            called.countDown();
            return inner;
        });
        Operation<VipStatus> operation = driver.registerAmphorae(KEY, List.of());
        assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
        while (operation.progress().phase() == Progress.Phase.WAITING) {
            Thread.onSpinWait(); // the call has been made, and returns
        }
        assertThat(operation.progress()).isEqualTo(new Progress(Progress.Phase.ANNOUNCING, 1, 4, ""));
        assertThat(operation.cancel()).isTrue();
        assertThat(cancelled).isTrue();
        inner.end(new DriverResult.Cancelled<>(STATUS));
        assertThat(operation.result().toCompletableFuture().get(30, TimeUnit.SECONDS))
                .isEqualTo(new DriverResult.Cancelled<>(STATUS));
        assertThat(operation.progress()).isEqualTo(Progress.FINISHED);
        assertThat(operation.cancel()).isFalse();
    }

    @Test
    void driver_thatThrows_fails() throws Exception {
        allFail(
                with(patient, () -> {
                    throw new IllegalStateException("no idea");
                }),
                "no idea");
    }

    @Test
    void driver_whoseClassesAreMissing_fails() throws Exception {
        allFail(
                with(patient, () -> {
                    throw new NoClassDefFoundError("com/example/Vendor");
                }),
                "com/example/Vendor");
    }

    @Test
    void driver_thatGivesNothing_fails() throws Exception {
        allFail(with(patient, () -> null), "NullPointerException");
    }

    @Test
    void result_thatIsNone_fails() throws Exception {
        allFail(with(patient, () -> giving(CompletableFuture.completedFuture(null))), "no result");
    }

    @Test
    void result_thatIsAnException_fails() throws Exception {
        DistributorDriver driver =
                with(patient, () -> giving(CompletableFuture.failedFuture(new IllegalStateException("broken inside"))));
        allFail(driver, "broken inside");
        Operation<VipStatus> operation = driver.removeVip(KEY);
        failed(operation.result(), "broken inside");
        assertThat(operation.progress()).isEqualTo(Progress.FINISHED);
        assertThat(operation.cancel()).isFalse();
    }

    @Test
    void driver_thatNeverEndsAnOperation_failsInTime_andIsStillAsked() throws Exception {
        DistributorDriver driver = with(hasty, () -> giving(new CompletableFuture<>()));
        allFail(driver, "no result after");
        Operation<VipStatus> operation = driver.removeVip(KEY);
        assertThat(operation.cancel())
                .as("a driver that throws when it is asked")
                .isFalse();
        failed(operation.result(), "no result after");
    }

    @Test
    void driver_thatNeverReturnsFromACall_failsInTime_andHoldsUpNobody() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch freed = new CountDownLatch(1);
        DistributorDriver driver = with(hasty, () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                freed.countDown();
            }
            return RunningOperation.ended(new DriverResult.Done<>(STATUS));
        });
        allFail(driver, "no result after");
        hasty.close();
        assertThat(freed.await(30, TimeUnit.SECONDS)).as("its thread is let go").isTrue();
    }

    @Test
    void driver_thatVanishesInTheMiddle_failsAtOnce_whetherItSaysSoOrNot() throws Exception {
        Odd odd = new Odd(() -> giving(new CompletableFuture<>()));
        patient.add(TYPE, odd);
        DistributorDriver held = patient.of(TYPE).orElseThrow();
        List<CompletionStage<? extends DriverResult<?>>> open = everyCall(held);
        patient.remove(TYPE, odd);
        for (CompletionStage<? extends DriverResult<?>> stage : open) {
            failed(stage, "has gone");
        }
        assertThat(patient.of(TYPE)).isEmpty();
        assertThat(patient.types()).isEmpty();
        allFail(held, "has gone");
        patient.remove(TYPE, odd);
    }

    @Test
    void secondDriverOfAType_waitsUntilTheFirstHasGone() throws Exception {
        Odd first = new Odd(() -> giving(new CompletableFuture<>()));
        patient.add(TYPE, first);
        patient.add(TYPE, new Odd(() -> RunningOperation.ended(new DriverResult.Done<>(STATUS))));
        patient.add("OTHER", first);
        Operation<VipStatus> open = patient.of(TYPE).orElseThrow().removeVip(KEY);
        patient.remove(TYPE, first);
        failed(open.result(), "has gone");
        assertThat(patient.types()).containsExactly(TYPE, "OTHER");
        assertThat(patient.of(TYPE)
                        .orElseThrow()
                        .removeVip(KEY)
                        .result()
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS))
                .isEqualTo(new DriverResult.Done<>(STATUS));
    }
}
