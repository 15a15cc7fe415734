// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.l3distributor.net.IpAddress;

/**
 * A driver behind a thread of its own: one that throws, gives nothing, never returns or goes away in the middle is an
 * operation that {@link DriverResult.Failed}, and holds nobody else up. One thread, so that the driver sees its calls in
 * their order; those behind one that never returns fail, too, each at its own deadline.
 */
final class GuardedDriver implements DistributorDriver, AutoCloseable {
    private final String type;
    private final DistributorDriver driver;
    private final Duration patience;
    private final ExecutorService thread;
    private final Set<GuardedOperation<?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean gone;

    /** @param patience after which an operation fails; a drain has its own deadline in addition */
    GuardedDriver(String type, DistributorDriver driver, Duration patience) {
        this.type = type;
        this.driver = driver;
        this.patience = patience;
        thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "l3d-driver-" + type);
            made.setDaemon(true);
            return made;
        });
    }

    DistributorDriver driver() {
        return driver;
    }

    private <T> GuardedOperation<T> guard(String call, Duration limit, Supplier<Operation<T>> begin) {
        GuardedOperation<T> operation = new GuardedOperation<>(call + " of driver " + type);
        open.add(operation);
        operation.afterwards(() -> open.remove(operation));
        if (gone) { // after it was added: whoever closes either finds it or has been seen here
            operation.fail(Drivers.GONE);
            return operation;
        }
        operation.within(limit.toMillis());
        try {
            thread.execute(() -> operation.begin(begin));
        } catch (RejectedExecutionException e) {
            operation.fail(Drivers.GONE);
        }
        return operation;
    }

    @Override
    public Operation<DistributorStatus> createDistributor(String distributorId) {
        return guard("createDistributor", patience, () -> driver.createDistributor(distributorId));
    }

    @Override
    public Operation<DistributorStatus> deleteDistributor(String distributorId) {
        return guard("deleteDistributor", patience, () -> driver.deleteDistributor(distributorId));
    }

    @Override
    public Operation<VipStatus> addVip(VipKey vip, List<IpAddress> vips) {
        return guard("addVip", patience, () -> driver.addVip(vip, vips));
    }

    @Override
    public Operation<VipStatus> removeVip(VipKey vip) {
        return guard("removeVip", patience, () -> driver.removeVip(vip));
    }

    @Override
    public Operation<VipStatus> registerAmphorae(VipKey vip, List<Member> members) {
        return guard("registerAmphorae", patience, () -> driver.registerAmphorae(vip, members));
    }

    @Override
    public Operation<VipStatus> unregisterAmphorae(VipKey vip, List<String> amphoraIds) {
        return guard("unregisterAmphorae", patience, () -> driver.unregisterAmphorae(vip, amphoraIds));
    }

    @Override
    public Operation<VipStatus> drainAmphorae(VipKey vip, List<String> amphoraIds, Duration deadline) {
        return guard("drainAmphorae", patience.plus(deadline), () -> driver.drainAmphorae(vip, amphoraIds, deadline));
    }

    @Override
    public CompletionStage<DriverResult<DistributorStatus>> status(String distributorId) {
        return guard("status", patience, () -> asOperation(driver.status(distributorId)))
                .result();
    }

    private static <T> Operation<T> asOperation(CompletionStage<DriverResult<T>> stage) {
        return new Operation<>() {
            @Override
            public CompletionStage<DriverResult<T>> result() {
                return stage;
            }

            @Override
            public Progress progress() {
                return Progress.WAITING;
            }

            @Override
            public boolean cancel() {
                return false;
            }
        };
    }

    /** The driver has gone: what is open fails. A thread that the driver holds is interrupted. */
    @Override
    public void close() {
        gone = true;
        open.forEach(operation -> operation.fail(Drivers.GONE));
        thread.shutdownNow();
    }
}
