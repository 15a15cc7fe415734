// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store;

import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The controller's tables, shared by all controllers of a database. Calls block on it: they are made from threads of
 * the caller's own, never from a loop. The service is there from the start and stays, also while the database isn't.
 */
@ProviderType
public interface ControllerStore {
    /**
     * Does the work in one transaction, all or nothing; when this returns, what was done survives kill -9 and power
     * loss. Where the transaction met another one, the work is done again in a new one, at most 5 times: it has no
     * effect but on the database.
     *
     * @throws StoreConflict when a row would contradict others; nothing was changed, and again won't help
     * @throws StoreBusy when others had all connections for too long; the database is there, and nobody else is told
     * @throws StoreException when the database can't be asked. Where it went away while it was asked to commit, all of
     *     the work may have been done: who does it again looks first. Whatever else the work throws comes out as it is,
     *     with nothing changed
     */
    <T> T in(Work<T> work) throws StoreException;

    /** As {@link #in}, for work without an answer. */
    default void run(Consumer<Transaction> work) throws StoreException {
        in(tx -> {
            work.accept(tx);
            return true;
        });
    }

    /**
     * Adds a listener that is told whether the database can be asked: now, and whenever that changes. Called on the
     * store's own thread; it must not wait there.
     */
    AutoCloseable listen(Consumer<Boolean> listener);

    /** What is done in one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T with(Transaction tx);
    }
}
