// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.persistence.EntityManager;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.StoreBusy;
import org.l3distributor.distributor.store.StoreConflict;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.relational.Dialect;
import org.l3distributor.relational.Faults;

/**
 * The store as everybody has it, from the start on: the open one behind it, or the reason why there is none. When the
 * database can't be asked it says so, and asks by itself until it can.
 */
final class SharedStore implements ControllerStore, Access, AutoCloseable {
    private final Duration probeInterval;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "controller-store");
        made.setDaemon(true);
        return made;
    });
    private final List<Consumer<Boolean>> listeners = new CopyOnWriteArrayList<>();

    private volatile @Nullable Access open;
    private volatile StoreException reason = new StoreException("not open yet", new IllegalStateException("opening"));
    private volatile boolean reachable;
    private @Nullable ScheduledFuture<?> next; // probe
    private long lostAt; // of the thread, as what it tells the listeners

    SharedStore(Duration probeInterval) {
        this.probeInterval = probeInterval;
    }

    /** It is open. */
    void opened(Access store) {
        open = store;
        tell(true);
    }

    /** It isn't, and why. */
    void closed(StoreException why) {
        open = null;
        reason = why;
        tell(false);
    }

    @Override
    public <T> T in(Work<T> work) throws StoreException {
        return transaction("work", (em, dialect) -> work.with(new JpaTransaction(em, dialect)));
    }

    @Override
    public <T> T transaction(String attempted, BiFunction<EntityManager, Dialect, T> work) throws StoreException {
        Access store = open;
        if (store == null || !reachable) { // while it is away only the probe waits for it
            throw new StoreException(String.valueOf(reason.getMessage()), reason);
        }
        try {
            return store.transaction(attempted, work);
        } catch (StoreConflict | StoreBusy e) {
            throw e;
        } catch (StoreException e) {
            if (Faults.kind(e) == Faults.Kind.UNREACHABLE && reachable) {
                lost(e);
            }
            throw e;
        }
    }

    private synchronized void lost(StoreException why) {
        if (reachable && !thread.isShutdown()) {
            reason = why;
            StoreLog.lost(String.valueOf(why.getMessage()));
            tell(false);
            thread.execute(() -> lostAt = System.nanoTime());
            probeLater();
        }
    }

    private synchronized void probeLater() {
        if (thread.isShutdown()) {
            return;
        }
        next = thread.schedule(this::probe, probeInterval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void probe() {
        Access store = open;
        if (store == null) {
            return;
        }
        try {
            store.transaction("probe", (em, dialect) -> new Sql(em, dialect).now());
            StoreLog.back((System.nanoTime() - lostAt) / 1_000_000);
            tell(true);
        } catch (StoreException e) {
            reason = e;
            probeLater();
        } catch (
                RuntimeException e) { // not the database's, but without a next probe the store would stay away for good
            StoreLog.probeFailed(e);
            probeLater();
        }
    }

    private synchronized void tell(boolean now) {
        reachable = now;
        if (!thread.isShutdown()) {
            thread.execute(() -> listeners.forEach(listener -> tell(listener, now)));
        }
    }

    private static void tell(Consumer<Boolean> listener, boolean now) {
        try {
            listener.accept(now);
        } catch (RuntimeException e) { // somebody else's fault, and the others are to be told
            StoreLog.listenerFailed(e);
        }
    }

    @Override
    public AutoCloseable listen(Consumer<Boolean> listener) {
        thread.execute(() -> {
            listeners.add(listener);
            tell(listener, reachable);
        });
        return () -> listeners.remove(listener);
    }

    @Override
    public synchronized void close() {
        if (next != null) {
            next.cancel(false);
        }
        thread.shutdownNow();
    }
}
