// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.relational;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens a store on a thread of its own, again and again until it succeeds, then publishes it; until then it publishes
 * why it isn't open. The thread is never interrupted: an interrupt in the middle of JDBC would be one more way to fail.
 *
 * @param <S> what is opened
 */
public final class Opener<S extends Opener.Store> implements AutoCloseable {
    /** What was opened. */
    public interface Store extends AutoCloseable {
        @Override
        void close();
    }

    /** One attempt. */
    public interface Opening<S> {
        S open() throws Exception;
    }

    /** What makes a store visible, or the reason why there is none. Called on the opener's thread. */
    public interface Publisher<S> {
        Publication open(S store);

        /** @param retry after which it is tried again */
        Publication notOpen(Throwable reason, Duration retry);
    }

    /** Something visible, and how to take it back. */
    public interface Publication {
        void withdraw();
    }

    private final Opening<? extends S> opening;
    private final Publisher<? super S> publisher;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private @Nullable S store; // these two: written by the thread, read by others after joining it
    private @Nullable Publication publication;

    /**
     * @param name the thread's
     * @param firstRetry the wait after the first failure; doubled after each
     */
    public Opener(
            String name,
            Opening<? extends S> opening,
            Publisher<? super S> publisher,
            Duration firstRetry,
            Duration longestRetry) {
        this.opening = opening;
        this.publisher = publisher;
        thread = new Thread(() -> openUntilDone(firstRetry, longestRetry), name);
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
        S opened;
        try {
            opened = opening.open();
        } catch (Exception | LinkageError e) { // if the thread ended there would be no store, and no word about it
            replace(publisher.notOpen(e, nextTry));
            return false;
        }
        store = opened;
        replace(publisher.open(opened));
        return true;
    }

    /** The new one is there before the old one goes: whoever uses the store is never without. */
    private void replace(Publication next) {
        Publication last = publication;
        publication = next;
        if (last != null) {
            last.withdraw();
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

    /** Waits for a running attempt, takes back what is visible, closes the store. */
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
