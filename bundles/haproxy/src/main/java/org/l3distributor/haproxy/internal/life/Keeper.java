// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.l3distributor.haproxy.Bind;
import org.l3distributor.haproxy.HaproxyConfiguration;
import org.l3distributor.haproxy.LoadBalancerState;
import org.l3distributor.haproxy.LoadBalancerState.State;
import org.l3distributor.haproxy.RunResult;
import org.l3distributor.haproxy.internal.files.Store;
import org.l3distributor.haproxy.internal.statistics.StatisticsReader;

/**
 * Keeps one load balancer's HAProxy running. What it is told to do, it does in its lane, where it may wait; what happens
 * to the processes changes {@link Life} at once, on the thread that tells it.
 */
final class Keeper implements AutoCloseable {
    private static final Duration ASK = Duration.ofSeconds(2);
    /** Sockets of a worker that lives don't go away by themselves: they are looked at once in so many probes. */
    private static final int PROBES_PER_LOOK = 5;

    private final Tools tools;
    private final Instance instance;
    private final Orders orders;
    private final Lane lane;
    private final AtomicBoolean probing = new AtomicBoolean();
    private int probes; // of whoever has set probing

    /** @param holder who else, in words, has one of the binds of a configuration that is about to be used */
    Keeper(String id, Tools tools, Function<HaproxyConfiguration, Optional<String>> holder, Consumer<Instant> changed) {
        this.tools = tools;
        this.instance = new Instance(id, tools, changed, this::ended, this::reviveLater);
        this.orders = new Orders(instance, tools, holder);
        this.lane = new Lane(tools.pool());
    }

    <T> CompletableFuture<T> submit(Supplier<T> work) {
        return lane.submit(work).whenComplete((done, fault) -> {
            if (fault != null) {
                tools.log().bug(instance.id, fault);
            }
        });
    }

    CompletableFuture<RunResult> order(Function<Orders, RunResult> order) {
        return submit(() -> order.apply(orders));
    }

    /** Waits; in the lane. */
    Optional<RunResult.Failed> refusal() {
        return orders.refusal();
    }

    Optional<LoadBalancerState> show() {
        return instance.show();
    }

    /** A configuration is stored. */
    void stored(HaproxyConfiguration configuration) {
        instance.stored(configuration);
    }

    /** What was there when this service started: finds what runs, and starts what should. */
    void resume() {
        instance.change(now -> Life.sought(instance.now()));
        instance.stored(instance.uploaded());
        Future<?> unused = submit(this::find); // what comes of it shows in the state
    }

    private boolean find() {
        try {
            OptionalLong master = tools.supervisor().master(instance.files);
            if (master.isPresent()) {
                instance.adopt(master.getAsLong());
                return true;
            }
        } catch (IOException e) {
            tools.log().failed(instance.id, "finding what runs", Store.words(e));
            return notFound(Store.words(e));
        }
        return notFound("wasn't running when the appliance started");
    }

    private boolean notFound(String why) {
        boolean wanted = tools.store().running(instance.id).isPresent();
        return instance.change(now -> wanted
                ? now.down(instance.now(), instance.uploaded(), why)
                : Life.stopped(instance.now(), "isn't wanted to run"));
    }

    /** Some process of ours ended. Doesn't wait. */
    private void ended(long pid, Instant at) {
        Life now = instance.life();
        if (pid == now.worker() && now.state() == State.RELOADING) {
            return; // HAProxy ends the old one, perhaps before it forks the new one: the reload sees to it
        }
        boolean leftAWorker = pid == now.worker()
                && tools.processes().workers(now.master()).stream().anyMatch(other -> other != pid);
        if (leftAWorker && now.state() == State.RUNNING) {
            execute(() -> replaced(pid, at)); // somebody else reloaded it, or it is an older one that is finishing
            return;
        }
        died(pid, at);
    }

    /** Looks by itself: a probe that is under way may have asked before the end of that worker. */
    private void replaced(long pid, Instant at) {
        look(instance.life(), true);
        died(pid, at); // changes nothing when the look has found another worker
    }

    private void died(long pid, Instant at) {
        instance.change(at, now -> now.ended(at, pid));
    }

    /** Looks whether it answers, and now and then whether it listens. Waits for two seconds at most. */
    void probe() {
        Life seen = instance.life();
        boolean runs = seen.state() == State.RUNNING || seen.state() == State.RELOADING;
        if (runs && probing.compareAndSet(false, true)) {
            try {
                look(seen, !seen.complete() || probes++ % PROBES_PER_LOOK == 0);
            } finally {
                probing.set(false);
            }
        }
    }

    private void look(Life seen, boolean atSockets) {
        try {
            OptionalLong pid = answering(seen.running());
            if (pid.isPresent() && isAnother(pid.getAsLong(), seen)) {
                succeed(pid.getAsLong(), seen.master());
            } else if (pid.isEmpty() && isGone(seen)) {
                died(seen.master(), instance.now());
            } else {
                observe(seen, atSockets, pid.isPresent());
            }
        } catch (IOException e) {
            tools.log().unreadable(instance.id, Store.words(e));
        }
    }

    private void observe(Life seen, boolean atSockets, boolean answers) throws IOException {
        if (answers && atSockets) {
            instance.watch(seen.master(), seen.worker()); // again, where the kernel refused
        }
        Set<Bind> listening = atSockets ? instance.listening(seen.running()) : seen.listening();
        instance.change(now -> now.observed(seen.worker(), listening, answers));
    }

    /** Whether it ended and nobody told: its end couldn't be watched. */
    private boolean isGone(Life seen) {
        return seen.state() == State.RUNNING
                && tools.processes().workers(seen.master()).isEmpty();
    }

    private boolean isAnother(long pid, Life seen) {
        return pid != seen.worker()
                && seen.state() == State.RUNNING
                && tools.processes().workers(seen.master()).contains(pid);
    }

    private void succeed(long worker, long master) throws IOException {
        HaproxyConfiguration configuration = instance.uploaded();
        Set<Bind> listening = instance.listening(configuration);
        instance.change(now -> now.state() == State.RUNNING && now.master() == master
                ? now.succeeded(instance.now(), worker, configuration, listening)
                : now);
        instance.watch(master, worker);
        tools.store().markRunning(instance.id);
    }

    /**
     * Who answers; nobody when none does in time. A refusal is looked at twice: when somebody else reloads HAProxy, the
     * old worker may close its socket while we stand in its queue, and the new one has opened its own by then.
     */
    private OptionalLong answering(HaproxyConfiguration configuration) {
        long began = System.nanoTime();
        OptionalLong first = ask(configuration);
        boolean refused = first.isEmpty() && System.nanoTime() - began < ASK.toNanos() / 2;
        return refused ? ask(configuration) : first;
    }

    private OptionalLong ask(HaproxyConfiguration configuration) {
        try {
            return StatisticsReader.workerPid(instance.socket(configuration).ask("show info", ASK));
        } catch (IOException e) {
            return OptionalLong.empty(); // shown as such
        }
    }

    /** What it says to a question. Waits for two seconds at most. */
    String ask(String command) throws IOException {
        return instance.socket(instance.life().running()).ask(command, ASK);
    }

    private void reviveLater() {
        Duration pause = instance.life().pause();
        tools.log().restart(instance.id, pause);
        try {
            Future<?> unused =
                    tools.timer().schedule(() -> execute(this::reviveNow), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            return; // the service is stopping; the next one finds it dead and starts it
        }
    }

    private void reviveNow() {
        Future<?> unused = submit(this::revive); // what went wrong is logged there
    }

    private boolean revive() {
        Life now = instance.life();
        if (now.state() != State.DOWN || !now.wanted()) {
            return false; // somebody was quicker
        }
        try {
            OptionalLong master = tools.supervisor().master(instance.files);
            if (master.isPresent() && adopted(master.getAsLong())) {
                return true;
            }
        } catch (IOException e) {
            return instance.change(was -> was.down(instance.now(), was.running(), Store.words(e)));
        }
        return orders.revive() instanceof RunResult.Done;
    }

    /** One that has workers is left alone, whatever keeps us from going on with it: it may be serving. */
    private boolean adopted(long master) throws IOException {
        try {
            instance.adopt(master);
            return true;
        } catch (IOException e) {
            if (!tools.processes().workers(master).isEmpty()) {
                throw e;
            }
            tools.supervisor().stop(instance.files, master); // without a worker: it is dying
            return false;
        }
    }

    private void execute(Runnable work) {
        try {
            tools.pool().execute(work);
        } catch (RejectedExecutionException e) {
            return; // the service is stopping
        }
    }

    /** Lets go of the processes, which go on. */
    @Override
    public void close() {
        instance.close();
    }
}
