// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.ActualNamespace;
import org.l3distributor.netns.InterfaceEvent;
import org.l3distributor.netns.LinkAddress;
import org.l3distributor.netns.MacAddress;
import org.l3distributor.netns.NamespaceDescription;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.NamespaceState;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.NoSuchInterfaceException;
import org.l3distributor.netns.Owned;
import org.l3distributor.netns.PluggedInterface.Change;
import org.l3distributor.netns.VipEvent;
import org.l3distributor.netns.internal.Reconciler.Pass;

/**
 * The thread of one namespace. It writes wishes down, reconciles, tells, and waits for a request, news of the kernel
 * or the time of the next attempt; one after the other, so nothing here is locked.
 */
final class NamespaceWorker implements AutoCloseable {
    /** Requests that wait at most; more are refused with EAGAIN. */
    static final int QUEUE = 4096;

    private static final Set<NamespaceState> FINE =
            EnumSet.of(NamespaceState.READY, NamespaceState.INCOMPLETE, NamespaceState.IDLE);
    private static final Duration JOIN = Duration.ofSeconds(5);

    private final String name;
    private final boolean mayCreate;
    private final PlugFile file;
    private final Function<String, NamespaceKernel> kernels;
    private final Notifier notifier;
    private final Clock clock;
    private final NetnsLog log;
    private final BlockingQueue<Request> queue = new ArrayBlockingQueue<>(QUEUE);
    /** Questions that change nothing, and so are answered without looking at everything. */
    private final BlockingQueue<Question<?>> questions = new ArrayBlockingQueue<>(QUEUE);

    private final Backoff backoff = new Backoff();
    private final Thread thread;

    private volatile @Nullable NamespaceKernel kernel;
    private volatile NamespaceSnapshot snapshot;
    private volatile boolean closed;
    private volatile boolean dead;

    private PlugState state = PlugState.empty();
    private boolean opened;
    /** Interfaces that were seen here, to tell those that went from those that haven't come yet. */
    private final Set<MacAddress> seen = new HashSet<>();

    NamespaceWorker(
            String name,
            boolean mayCreate,
            PlugFile file,
            Function<String, NamespaceKernel> kernels,
            Notifier notifier,
            Clock clock) {
        this.name = name;
        this.mayCreate = mayCreate;
        this.file = file;
        this.kernels = kernels;
        this.notifier = notifier;
        this.clock = clock;
        this.log = new NetnsLog(name);
        this.snapshot = NamespaceSnapshot.idle(name, clock.instant());
        this.thread = new Thread(this::run, "netns-" + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    NamespaceSnapshot snapshot() {
        return snapshot;
    }

    /** True when the thread ended by a fault: whoever asks next should make another worker. */
    boolean isDead() {
        return dead;
    }

    /** Puts a request into the queue; its stage fails when that is full or nobody reads it any more. */
    void submit(Request request) {
        submit(queue.offer(request), request.answer());
    }

    /** Asks the kernel something that changes nothing. */
    <T> CompletionStage<T> ask(Function<NamespaceKernel, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        submit(questions.offer(new Question<>(question, answer)), answer);
        return answer;
    }

    private record Question<T>(Function<NamespaceKernel, T> question, CompletableFuture<T> answer) {
        void answer(NamespaceKernel kernel, Notifier notifier) {
            try {
                T value = question.apply(kernel);
                notifier.run(() -> answer.complete(value));
            } catch (NetnsException e) {
                notifier.run(() -> answer.completeExceptionally(e));
            }
        }
    }

    private void submit(boolean queued, CompletableFuture<?> answer) {
        if (!queued) {
            fail(answer, new NetnsException("ask for a change", name, "EAGAIN", QUEUE + " requests are waiting"));
        }
        if (closed || dead) {
            refuseAll();
        }
        NamespaceKernel current = kernel;
        if (current != null) {
            current.wake();
        }
    }

    private void run() {
        try (NamespaceKernel mine = kernels.apply(name)) {
            state = file.load();
            kernel = mine; // from here on a submitter wakes us; what came before is in the queue already
            Reconciler reconciler = new Reconciler(mine, log);
            if (!state.isEmpty()) {
                log.restored(state.wanted().size(), state.interfaces().size());
            }
            while (!closed) {
                rest(mine, round(mine, reconciler));
            }
        } catch (NetnsException e) {
            died(e);
        } catch (RuntimeException | Error e) {
            log.died(e);
            died(new NetnsException("run the thread", name, "ESRCH", e.toString(), e));
        } finally {
            refuseAll();
        }
    }

    /** Answers questions until there is something to do, or to look at. */
    private void rest(NamespaceKernel mine, Duration pause) {
        long began = System.nanoTime();
        boolean news = false;
        for (Duration left = pause; !news && queue.isEmpty() && !closed; left = left(pause, began)) {
            answerQuestions(mine);
            boolean awaited = snapshot.interfaces().stream().anyMatch(one -> one.link() == null);
            news = mine.await(left, awaited);
        }
        answerQuestions(mine);
    }

    private static Duration left(Duration pause, long began) {
        return Duration.ofNanos(Math.max(0, pause.toNanos() - (System.nanoTime() - began)));
    }

    private void answerQuestions(NamespaceKernel mine) {
        for (var one = questions.poll(); one != null; one = questions.poll()) {
            one.answer(mine, notifier);
        }
    }

    /** One time round; says how long nothing needs to be done unless something happens. */
    private Duration round(NamespaceKernel mine, Reconciler reconciler) {
        Map<Request, Optional<Change>> accepted = accept(mine);
        boolean create = mayCreate && (opened || state.wantsAnything());
        NamespaceDescription wanted = new NamespaceDescription(
                name, create, state.wanted(), List.copyOf(state.interfaces().values()));
        Pass pass = reconciler.pass(wanted, state.owned());
        NetnsException unwritten = settle(pass);
        boolean fine = FINE.contains(pass.state()) && unwritten == null;
        Duration pause = fine ? backoff.reset() : backoff.next();
        publish(Snapshots.of(snapshot, state, pass, unwritten, clock.instant()), pause);
        accepted.forEach((request, change) -> Answers.answer(request, snapshot, change.orElse(null), notifier));
        return pause;
    }

    /** Takes requests until a subject comes a second time, and writes all their wishes down at once. */
    private Map<Request, Optional<Change>> accept(NamespaceKernel mine) {
        Map<Request, Optional<Change>> taken = new LinkedHashMap<>();
        Set<Object> touched = new HashSet<>();
        PlugState next = state;
        for (Request one = queue.peek(); one != null; one = queue.peek()) {
            if (!Collections.disjoint(touched, one.subjects())) {
                break;
            }
            touched.addAll(one.subjects());
            Request request = Objects.requireNonNull(queue.poll());
            try {
                if (request instanceof Request.PlugInterface plug) {
                    Placement placement = Placement.of(plug, name, next, look(mine, plug), gone());
                    next = placement.state();
                    taken.put(request, Optional.of(placement.change()));
                } else {
                    next = applied(request, next);
                    taken.put(request, Optional.empty());
                }
            } catch (NetnsException | NoSuchInterfaceException | IllegalArgumentException e) {
                fail(request.answer(), e);
            }
        }
        try {
            if (!next.equals(state)) {
                file.save(next);
                state = next;
            }
            return taken;
        } catch (NetnsException e) {
            taken.keySet().forEach(request -> fail(request.answer(), e));
            return Map.of();
        }
    }

    private PlugState applied(Request request, PlugState before) {
        if (request instanceof Request.PlugVip plug) {
            return before.plug(plug.vip());
        } else if (request instanceof Request.UnplugVip unplug) {
            return before.unplug(unplug.vip());
        } else if (request instanceof Request.UnplugInterface unplug) {
            return before.unplug(unplug.mac());
        }
        opened = true;
        return before;
    }

    /** What is there now: the last snapshot may be older than the interface that is asked for. */
    private ActualNamespace look(NamespaceKernel mine, Request.PlugInterface plug) {
        ActualNamespace actual = mine.enter(false) ? mine.read() : ActualNamespace.empty();
        boolean here = actual.links().stream().anyMatch(link -> link.has(plug.mac()));
        return here ? actual : actual.with(mine.home());
    }

    private Set<MacAddress> gone() {
        Set<MacAddress> gone = new HashSet<>(seen);
        snapshot.interfaces().stream().filter(one -> one.link() != null).forEach(one -> gone.remove(one.mac()));
        return gone;
    }

    /** Writes down what has left; returns why that failed. */
    private @Nullable NetnsException settle(Pass pass) {
        if (!pass.isKnown()) {
            return null;
        }
        Set<IpAddress> vips = new TreeSet<>(state.leaving());
        vips.removeIf(pass.actual()::onLoopbackAsHost);
        Set<Owned.Address> addresses = new HashSet<>(state.leavingAddresses());
        addresses.removeIf(leaving -> isThere(leaving, pass.actual()));
        PlugState next = state.left(vips, addresses);
        if (next.equals(state)) {
            return null;
        }
        try {
            file.save(next);
            state = next;
            return null;
        } catch (NetnsException e) {
            return e;
        }
    }

    private static boolean isThere(Owned.Address leaving, ActualNamespace actual) {
        return actual.links().stream()
                .filter(link -> link.has(leaving.mac()))
                .anyMatch(link -> actual.addresses()
                        .contains(new LinkAddress(link.index(), leaving.address(), leaving.prefixLength())));
    }

    private void publish(NamespaceSnapshot next, Duration pause) {
        NamespaceSnapshot before = snapshot;
        snapshot = next;
        if (before.state() != next.state()) {
            log.state(before.state(), next.state());
        }
        Snapshots.newErrors(before, next).forEach(error -> log.refused(error, pause));
        List<VipEvent> events = Snapshots.events(before, next);
        events.forEach(event -> log.vip(event.vip(), event.onLo()));
        notifier.tell(events, log);
        List<InterfaceEvent> interfaceEvents = Snapshots.interfaceEvents(before, next);
        interfaceEvents.forEach(event -> log.plugged(event.status()));
        notifier.tellInterfaces(interfaceEvents, log);
        next.interfaces().stream().filter(one -> one.link() != null).forEach(one -> seen.add(one.mac()));
    }

    private void died(NetnsException why) {
        Instant now = clock.instant();
        publish(Snapshots.of(snapshot, state, Pass.without(NamespaceState.FAILED, why), null, now), Duration.ZERO);
        dead = true; // after the reason, which a submitter reads next
    }

    private void refuseAll() {
        NetnsException error = snapshot.error();
        RuntimeException why =
                dead && error != null ? error : new IllegalStateException("the service of " + name + " has stopped");
        for (Request one = queue.poll(); one != null; one = queue.poll()) {
            fail(one.answer(), why);
        }
        for (var one = questions.poll(); one != null; one = questions.poll()) {
            fail(one.answer(), why);
        }
    }

    private void fail(CompletableFuture<?> answer, RuntimeException why) {
        notifier.run(() -> answer.completeExceptionally(why));
    }

    /** Ends the thread after what it is doing; the namespace stays as it is. */
    @Override
    public void close() {
        closed = true;
        NamespaceKernel current = kernel;
        if (current != null) {
            current.wake();
        }
        try {
            thread.join(JOIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
