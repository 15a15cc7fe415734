// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.store.ApplianceStore;
import org.l3distributor.distributor.store.StoreException;

/**
 * Opens the store on a thread of its own, again and again until it succeeds, then publishes it; until then it publishes
 * why it isn't open. The thread is never interrupted: an interrupt in the middle of JDBC would be one more way to fail.
 */
final class StoreOpener implements AutoCloseable {
    /** One attempt. */
    interface Opening {
        JpaStore open() throws StoreException;
    }

    /** What makes an open store visible. */
    interface Publisher {
        Publication publish(ApplianceStore store);
    }

    /** A visible store, and how to take it back. */
    interface Publication {
        void withdraw();
    }

    private final Opening opening;
    private final Publisher publisher;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private @Nullable JpaStore store; // these two: written by the thread, read by others after joining it
    private @Nullable Publication publication;

    StoreOpener(Opening opening, Publisher publisher, Duration firstRetry, Duration longestRetry) {
        this.opening = opening;
        this.publisher = publisher;
        thread = new Thread(() -> openUntilDone(firstRetry, longestRetry), "store-open");
        thread.setDaemon(true);
        thread.start();
    }

    private void openUntilDone(Duration firstRetry, Duration longestRetry) {
        Duration wait = firstRetry;
        boolean closed = false;
        while (!closed && !opened(wait)) {
            closed = closedWithin(wait);
            Duration doubled = wait.multipliedBy(2);
            wait = doubled.compareTo(longestRetry) < 0 ? doubled : longestRetry;
        }
    }

    private boolean opened(Duration nextTry) {
        try {
            store = attempt();
        } catch (StoreException e) {
            StoreLog.notOpen(e, nextTry);
            publish(new UnopenedStore(e));
            return false;
        }
        publish(store);
        return true;
    }

    /** The new one first: whoever uses the store goes from one to the other and is never without. */
    private void publish(ApplianceStore next) {
        Publication last = publication;
        publication = publisher.publish(next);
        if (last != null) {
            last.withdraw();
        }
    }

    /** Whatever is thrown is told and tried again: a thread that ended would leave no store, and no word about it. */
    private JpaStore attempt() throws StoreException {
        try {
            return opening.open();
        } catch (RuntimeException | LinkageError e) {
            throw new StoreException("open: " + e, e);
        }
    }

    private boolean closedWithin(Duration wait) {
        try {
            return closing.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Waits for a running attempt, takes the service back, closes the database. */
    @Override
    public void close() {
        closing.countDown();
        boolean interrupted = joined();
        if (publication != null) {
            publication.withdraw();
        }
        if (store != null) {
            store.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Joins even when interrupted: the database must be closed once, and after the opener has gone. */
    private boolean joined() {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
