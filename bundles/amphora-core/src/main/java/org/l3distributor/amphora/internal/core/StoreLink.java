// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.store.ApplianceStore;
import org.l3distributor.distributor.store.StoreException;

/**
 * The store as it comes, goes, fails and mends. Whenever one comes, everything is read from it, with back-off until
 * that works: what it says is what is wanted. After a failed write it is tried with a harmless one until it works
 * again, so that readiness tells the truth without waiting for a caller. Lives on the loop.
 */
final class StoreLink {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PROBE = "probe";

    /** All that a store holds. */
    record Content(List<Registration> registrations, Map<String, String> overrides) {}

    /** Takes what was read. */
    interface Reader {
        void loaded(Content content);
    }

    /** A write that gives nothing back. */
    interface Write {
        void on(ApplianceStore store) throws StoreException;
    }

    private enum State {
        ABSENT,
        OPENING,
        OPEN
    }

    private final Loop loop;
    private final StoreWriter writer;
    private final Reader reader;
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    private State state = State.ABSENT;
    private @Nullable ApplianceStore store;
    private volatile @Nullable String fault = "there is no store yet";
    private Duration retry = FIRST_RETRY;
    private boolean probing;
    private boolean wasRead;

    StoreLink(Loop loop, StoreWriter writer, Reader reader) {
        this.loop = loop;
        this.writer = writer;
        this.reader = reader;
    }

    /** Null while changes can be made durable; else why not. Any thread. */
    @Nullable
    String fault() {
        return fault;
    }

    /** True from the first complete reading on, while there is a store; a store whose last write failed is open. */
    boolean isOpen() {
        return state == State.OPEN;
    }

    /** True from the first complete reading on: what is wanted is known since, whatever became of the store. */
    boolean wasRead() {
        return wasRead;
    }

    /** Completes with the first complete or failed reading, and without a store at the end of our patience with it. */
    CompletionStage<Void> settled() {
        return settled.minimalCompletionStage();
    }

    void start() {
        loop.after(PATIENCE, () -> settled.complete(null));
    }

    Refusal unread() {
        return Refusal.notReady("the registrations haven't been read yet: " + fault);
    }

    void bound(ApplianceStore newStore) {
        store = newStore;
        writer.use(newStore);
        state = State.OPENING;
        fault = "the store is being opened";
        retry = FIRST_RETRY;
        load(newStore);
    }

    void unbound(ApplianceStore oldStore) {
        if (store == oldStore) {
            store = null;
            writer.use(null);
            state = State.ABSENT;
            fault = "the store has gone";
        }
    }

    private void load(ApplianceStore from) {
        writer.call(on -> new Content(on.registrations(), on.overrides()), result -> {
            if (store != from) {
                return; // another one has come since, and is being read itself
            }
            Content content = result.value();
            if (content == null) {
                failed(String.valueOf(result.fault()));
                settled.complete(null);
                loop.after(nextRetry(), () -> {
                    if (store == from) {
                        load(from);
                    }
                });
                return;
            }
            CoreLog.storeOpen(
                    content.registrations().size(), content.overrides().size());
            state = State.OPEN;
            wasRead = true;
            succeeded();
            reader.loaded(content);
            settled.complete(null);
        });
    }

    /**
     * Queues a write, and runs {@code durable} when it is; refuses the answer when it can't be. For what has no place
     * among the changes of registrations.
     */
    <T> void write(Write write, Runnable durable, CompletableFuture<Outcome<T>> answer) {
        String closed = isOpen() ? null : fault;
        if (closed != null) {
            answer.complete(Outcome.refused(refusal(closed)));
            return;
        }
        call(write, still -> {
            if (still == null) {
                succeeded();
                Answers.guarded(answer, durable);
            } else {
                writeFailed(still);
                answer.complete(Outcome.refused(refusal(still)));
            }
        });
    }

    private void call(Write write, Consumer<@Nullable String> told) {
        writer.<Boolean>call(
                on -> {
                    write.on(on);
                    return true;
                },
                result -> told.accept(result.fault()));
    }

    static Refusal refusal(String fault) {
        return Refusal.notReady("the change can't be made durable now, and nothing was changed: " + fault);
    }

    /** A write worked. */
    void succeeded() {
        fault = null;
        retry = FIRST_RETRY;
    }

    /** A write failed: a harmless one is tried until it works. */
    void writeFailed(String reason) {
        if (state == State.OPEN) {
            failed(reason);
            probe();
        }
    }

    private void failed(String reason) {
        CoreLog.storeFault(reason);
        fault = reason;
    }

    private void probe() {
        if (probing) {
            return;
        }
        probing = true;
        loop.after(nextRetry(), () -> {
            probing = false;
            if (state != State.OPEN || fault == null) {
                return;
            }
            call(on -> on.putOverride(PROBE, loop.now().toString()), still -> {
                if (still == null) {
                    succeeded();
                } else {
                    writeFailed(still);
                }
            });
        });
    }

    private Duration nextRetry() {
        Duration now = retry;
        Duration twice = now.multipliedBy(2);
        retry = twice.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : twice;
        return now;
    }
}
