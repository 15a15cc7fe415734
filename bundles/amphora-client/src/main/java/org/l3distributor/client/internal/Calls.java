// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.l3distributor.client.AmphoraClients.Trouble;
import org.l3distributor.client.AmphoraEndpoint;
import org.l3distributor.client.CallResult;
import org.l3distributor.client.internal.http.Answer;
import org.l3distributor.client.internal.http.Request;
import org.l3distributor.client.internal.http.Transport;
import org.l3distributor.client.internal.json.Bodies;
import org.l3distributor.client.internal.json.Garbled;
import org.l3distributor.client.internal.json.Node;
import org.l3distributor.client.internal.retry.Backoff;
import org.l3distributor.client.internal.retry.Breaker;
import org.l3distributor.distributor.service.MetricSource;

/** Makes calls of attempts: repeats them with back-off until the deadline, unless the amphora's breaker is open. */
final class Calls implements AutoCloseable {
    private static final String STOPPED = "this side was stopped";

    /**
     * How calls are made.
     *
     * @param deadline for a call with all its attempts
     * @param attempt for one attempt
     * @param work for one attempt that has a program checked, started or stopped; none is begun after the deadline, and
     *     one that was begun before isn't cut short by it
     */
    record Rules(Duration deadline, Duration attempt, Duration work, Backoff backoff, Breaker.Rules breaker) {}

    /** What a call is. */
    enum Kind {
        QUICK,
        /** Quick, and not repeated. */
        ONCE,
        WORK,
        WORK_ONCE,
        /** A question whether anybody is there: made once, also while the breaker is open. */
        PROBE;

        boolean repeated() {
            return this == QUICK || this == WORK;
        }

        boolean isWork() {
            return this == WORK || this == WORK_ONCE;
        }
    }

    /** How an answer of status 2xx is read. */
    interface Reading<T> {
        T read(Node answer) throws Garbled;
    }

    /** @param asked when an attempt was last wanted */
    private record Known(Breaker breaker, Instant asked) {}

    private final Transport transport;
    private final Executor executor;
    private final Rules rules;
    private final DoubleSupplier chance;
    private final Map<String, Known> breakers = new ConcurrentHashMap<>();
    private final Set<Call<?>> open = ConcurrentHashMap.newKeySet();
    private final CallMetrics metrics = new CallMetrics(this::troubles);
    private volatile boolean closed;

    Calls(Transport transport, Executor executor, Rules rules, DoubleSupplier chance) {
        this.transport = transport;
        this.executor = executor;
        this.rules = rules;
        this.chance = chance;
    }

    /** A call whose answer is read; one that is garbled counts as none. */
    <T> CompletableFuture<CallResult<T>> call(
            AmphoraEndpoint endpoint, Kind kind, Request request, Reading<T> reading) {
        return new Call<>(endpoint, kind, request, reading).begin();
    }

    /** Those that failed the last time, by id. */
    List<Trouble> troubles() {
        forgetTheGone(Instant.now());
        List<Trouble> all = new ArrayList<>();
        breakers.forEach((id, known) ->
                all.add(new Trouble(id, known.breaker.failures(), known.breaker.state() != Breaker.State.CLOSED)));
        all.sort(Comparator.comparing(Trouble::amphoraId));
        return all;
    }

    MetricSource metrics() {
        return metrics;
    }

    /** Forgets all failures. */
    void forget() {
        breakers.clear();
    }

    /** An amphora that was replaced is never called again, and so would stay among those that fail. */
    private void forgetTheGone(Instant now) {
        Instant since = now.minus(rules.breaker.memory());
        breakers.values().removeIf(known -> known.asked.isBefore(since));
    }

    /** Asks the amphora's breaker, atomically; when to ask again, {@link Instant#MIN} = now. */
    private Instant permit(String amphoraId, Instant now) {
        Instant[] notBefore = {Instant.MIN};
        breakers.computeIfPresent(amphoraId, (id, known) -> {
            Breaker.Permit permit = known.breaker.ask(now, rules.breaker);
            notBefore[0] = permit.notBefore();
            return new Known(permit.breaker(), now);
        });
        return notBefore[0];
    }

    private void ended(String amphoraId, boolean well) {
        if (well) {
            breakers.remove(amphoraId); // closed is what those are that aren't there
        } else {
            Instant now = Instant.now();
            forgetTheGone(now); // also where nobody asks who is in trouble
            breakers.compute(
                    amphoraId,
                    (id, known) -> new Known(
                            (known == null ? Breaker.CLOSED : known.breaker).failed(now, rules.breaker), now));
        }
    }

    /** Ends what is open; attempts that are under way may still reach their amphora. */
    @Override
    public void close() {
        closed = true;
        open.forEach(call -> call.fail(STOPPED));
    }

    /** One call under way; its attempts follow each other. */
    private final class Call<T> {
        private final AmphoraEndpoint endpoint;
        private final Kind kind;
        private final Request request;
        private final Reading<T> reading;
        private final Instant deadline = Instant.now().plus(rules.deadline);
        private final CompletableFuture<CallResult<T>> result = new CompletableFuture<>();
        private boolean sent; // this and the next: attempts follow each other, each seeing what the one before wrote
        private int failures;
        private String last = "";
        private boolean cutShort;

        Call(AmphoraEndpoint endpoint, Kind kind, Request request, Reading<T> reading) {
            this.endpoint = endpoint;
            this.kind = kind;
            this.request = request;
            this.reading = reading;
        }

        CompletableFuture<CallResult<T>> begin() {
            open.add(this);
            CompletionStage<Void> unused = result.thenAccept(ending -> {
                open.remove(this);
                metrics.ended(ending);
            });
            if (closed) { // after it was added: whoever closes either finds it or has been seen here
                fail(STOPPED);
                return result;
            }
            Instant notBefore = kind == Kind.PROBE ? Instant.MIN : permit(endpoint.amphoraId(), Instant.now());
            if (notBefore.equals(Instant.MIN)) {
                attempt();
            } else {
                fail("it failed " + troubled() + " times in a row and isn't called before " + notBefore);
            }
            return result;
        }

        private int troubled() {
            Known known = breakers.get(endpoint.amphoraId());
            return known == null ? 0 : known.breaker.failures();
        }

        private void attempt() {
            Duration left = Duration.between(Instant.now(), deadline);
            Duration whole = kind.isWork() ? rules.work : rules.attempt;
            cutShort = !kind.isWork() && left.compareTo(whole) < 0;
            Duration limit = cutShort ? left : whole;
            if (limit.toMillis() < 1) {
                fail(last.isEmpty() ? "no answer within " + rules.deadline.toMillis() + " ms" : last);
                return;
            }
            metrics.attempt();
            transport
                    .attempt(endpoint, request, limit)
                    .thenAccept(this::answered)
                    .exceptionally(this::bug);
        }

        private void answered(Answer answer) {
            if (answer instanceof Answer.None none) {
                sent |= none.sent();
                // What an attempt has met that had its time says more than that the deadline cut one short.
                again(cutShort && !last.isEmpty() ? last : none.reason(), !none.hopeless());
                return;
            }
            Answer.Whole whole = (Answer.Whole) answer;
            if (whole.status() >= 200 && whole.status() < 300) {
                read(whole.body());
            } else if (whole.status() >= 400 && whole.status() < 500) {
                ended(endpoint.amphoraId(), true);
                Bodies.ErrorText error = Bodies.error(whole.body());
                result.complete(new CallResult.Rejected<>(whole.status(), error.code(), error.message()));
            } else if (kind.isWork() && whole.status() == 500) {
                // It was tried, and couldn't be done: whether the same is to be tried again is the caller's to know.
                ended(endpoint.amphoraId(), true);
                sent = true;
                fail("status 500: " + Bodies.error(whole.body()).message());
            } else {
                sent = true;
                again(
                        "status " + whole.status() + ": "
                                + Bodies.error(whole.body()).message(),
                        true);
            }
        }

        private void read(byte[] body) {
            T value;
            try {
                value = reading.read(Node.of(body));
            } catch (Garbled e) {
                sent = true;
                again(String.valueOf(e.getMessage()), true);
                return;
            }
            ended(endpoint.amphoraId(), true);
            result.complete(new CallResult.Answered<>(value));
        }

        /** An attempt has failed. */
        private void again(String reason, boolean repeat) {
            if (kind == Kind.PROBE) {
                fail(reason);
                return;
            }
            ended(endpoint.amphoraId(), false);
            failures++;
            last = reason;
            Duration wait = rules.backoff.after(failures, chance.getAsDouble());
            if (!repeat || !kind.repeated() || Instant.now().plus(wait).isAfter(deadline)) {
                fail(reason);
                return;
            }
            later(wait, reason);
        }

        private void later(Duration wait, String reason) {
            Executor delayed = CompletableFuture.delayedExecutor(wait.toNanos(), TimeUnit.NANOSECONDS, executor);
            // Once the executor is closed this comes to nothing; close() ends the calls that wait here.
            CompletableFuture.runAsync(() -> permitted(reason), delayed).exceptionally(this::bug);
        }

        /** Also a call under way waits while the breaker is open, if it closes before the deadline. */
        private void permitted(String reason) {
            Instant now = Instant.now();
            Instant notBefore = permit(endpoint.amphoraId(), now);
            if (notBefore.equals(Instant.MIN)) {
                attempt();
            } else if (notBefore.isAfter(deadline)) {
                fail(reason);
            } else {
                later(Duration.between(now, notBefore).plusMillis(1), reason);
            }
        }

        /** A call that nobody ends would hold up whoever waits for it. */
        private @Nullable Void bug(Throwable thrown) {
            fail("a fault of the client: " + thrown);
            return null;
        }

        private void fail(String reason) {
            result.complete(new CallResult.Unavailable<>(
                    "amphora " + endpoint.amphoraId() + " at " + endpoint.address() + ", " + request + ": " + reason,
                    sent));
        }
    }
}
