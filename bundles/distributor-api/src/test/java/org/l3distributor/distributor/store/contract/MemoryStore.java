// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store.contract;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.StoreConflict;
import org.l3distributor.distributor.store.StoreException;

/**
 * The tables in memory, one transaction at a time, with their unique and foreign keys. A test can make the database go
 * away, or have work done again as a collision would. Safe from any thread; work must not begin other work.
 */
public final class MemoryStore implements ControllerStore {
    private final Clock clock;
    private final List<Consumer<Boolean>> listeners = new CopyOnWriteArrayList<>();
    private MemoryTables committed = new MemoryTables();
    private boolean broken;
    private int collisions;
    private long transactions;

    /** @param clock the database's, whose milliseconds count */
    public MemoryStore(Clock clock) {
        this.clock = clock;
    }

    /** From now on every call fails, or none does; listeners are told. */
    public void broken(boolean so) {
        synchronized (this) {
            broken = so;
        }
        listeners.forEach(listener -> listener.accept(!so));
    }

    /** The next work is done so many times in vain before it counts. */
    public synchronized void collide(int times) {
        collisions = times;
    }

    /** How many transactions were committed. */
    public synchronized long transactions() {
        return transactions;
    }

    /** The drivers' records, of the same tables. */
    public DistributorRecords records(int amphoraPort) {
        return new MemoryStoreRecords(this, amphoraPort);
    }

    @Override
    public <T> T in(Work<T> work) throws StoreException {
        return tables(tables -> work.with(new MemoryTransaction(tables, clock)));
    }

    /** What is done to a copy, which becomes what is there when the work ends well. */
    interface OnTables<T> {
        T with(MemoryTables tables);
    }

    synchronized <T> T tables(OnTables<T> work) throws StoreException {
        if (broken) {
            throw new StoreException("ask the database: it is away", new IllegalStateException("as the test wants it"));
        }
        try {
            for (; collisions > 0; collisions--) {
                work.with(new MemoryTables(committed));
            }
            MemoryTables mine = new MemoryTables(committed);
            T answer = work.with(mine);
            committed = mine;
            transactions++;
            return answer;
        } catch (Contradiction e) {
            throw new StoreConflict(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public AutoCloseable listen(Consumer<Boolean> listener) {
        boolean open;
        synchronized (this) {
            open = !broken;
        }
        listeners.add(listener);
        listener.accept(open);
        return () -> listeners.remove(listener);
    }

    /** A row would contradict others. */
    static final class Contradiction extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Contradiction(String message) {
            super(message);
        }

        static void unless(boolean fine, String message) {
            if (!fine) {
                throw new Contradiction(message);
            }
        }
    }
}
