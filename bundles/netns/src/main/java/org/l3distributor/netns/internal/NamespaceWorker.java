// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.NamespaceDescription;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.NamespaceState;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.VipEvent;
import org.l3distributor.netns.internal.Reconciler.Pass;

/**
 * The thread of one namespace. It writes wishes down, reconciles, tells, and waits for a request, news of the kernel
 * or the time of the next attempt; one after the other, so nothing here is locked.
 */
final class NamespaceWorker implements AutoCloseable {
    /** Requests that wait at most; more are refused with EAGAIN. */
    static final int QUEUE = 4096;

    private static final Duration JOIN = Duration.ofSeconds(5);

    private final String name;
    private final boolean mayCreate;
    private final PlugFile file;
    private final Function<String, NamespaceKernel> kernels;
    private final Notifier notifier;
    private final Clock clock;
    private final NetnsLog log;
    private final BlockingQueue<Request> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Backoff backoff = new Backoff();
    private final Thread thread;

    private volatile @Nullable NamespaceKernel kernel;
    private volatile NamespaceSnapshot snapshot;
    private volatile boolean closed;
    private volatile boolean dead;

    private PlugState state = PlugState.empty();
    private boolean opened;

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
        boolean queued = queue.offer(request);
        if (!queued) {
            fail(request, new NetnsException("ask for a change", name, "EAGAIN", QUEUE + " requests are waiting"));
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
            if (!state.owned().isEmpty()) {
                log.restored(state.wanted().size());
            }
            while (!closed) {
                Duration pause = round(reconciler);
                if (queue.isEmpty() && !closed) {
                    mine.await(pause);
                }
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

    /** One time round; says how long nothing needs to be done unless something happens. */
    private Duration round(Reconciler reconciler) {
        List<Request> accepted = accept();
        boolean create = mayCreate && (opened || !state.wanted().isEmpty());
        Pass pass = reconciler.pass(new NamespaceDescription(name, create, state.wanted()), state.owned());
        NetnsException unwritten = settle(pass);
        boolean fine =
                (pass.state() == NamespaceState.READY || pass.state() == NamespaceState.IDLE) && unwritten == null;
        Duration pause = fine ? backoff.reset() : backoff.next();
        publish(Snapshots.of(snapshot, state, pass, unwritten, clock.instant()), pause);
        accepted.forEach(request -> Answers.answer(request, snapshot, notifier));
        return pause;
    }

    /** Takes requests until a VIP comes a second time, and writes all their wishes down at once. */
    private List<Request> accept() {
        List<Request> taken = new ArrayList<>();
        Set<IpAddress> touched = new HashSet<>();
        PlugState next = state;
        for (Request one = queue.peek(); one != null; one = queue.peek()) {
            if (one.vip() != null && !touched.add(one.vip())) {
                break;
            }
            taken.add(Objects.requireNonNull(queue.poll()));
            next = one.applyTo(next);
            opened |= one.kind() == Request.Kind.OPEN;
        }
        try {
            if (!next.equals(state)) {
                file.save(next);
                state = next;
            }
            return taken;
        } catch (NetnsException e) {
            taken.forEach(request -> fail(request, e));
            return List.of();
        }
    }

    /** Writes down what has left; returns why that failed. */
    private @Nullable NetnsException settle(Pass pass) {
        if (state.leaving().isEmpty() || !pass.isKnown()) {
            return null;
        }
        Set<IpAddress> gone = new TreeSet<>(state.leaving());
        gone.removeIf(pass.actual()::onLoopbackAsHost);
        if (gone.isEmpty()) {
            return null;
        }
        try {
            file.save(state.left(gone));
            state = state.left(gone);
            return null;
        } catch (NetnsException e) {
            return e;
        }
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
    }

    private void died(NetnsException why) {
        Instant now = clock.instant();
        publish(Snapshots.of(snapshot, state, Pass.failed(why), null, now), Duration.ZERO);
        dead = true; // after the reason, which a submitter reads next
    }

    private void refuseAll() {
        NetnsException error = snapshot.error();
        RuntimeException why =
                dead && error != null ? error : new IllegalStateException("the service of " + name + " has stopped");
        for (Request one = queue.poll(); one != null; one = queue.poll()) {
            fail(one, why);
        }
    }

    private void fail(Request request, RuntimeException why) {
        notifier.run(() -> request.answer().completeExceptionally(why));
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
