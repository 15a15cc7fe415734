// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.haproxy.Bind;
import org.l3distributor.haproxy.HaproxyConfiguration;
import org.l3distributor.haproxy.LoadBalancerState;
import org.l3distributor.haproxy.LoadBalancerState.State;
import org.l3distributor.haproxy.internal.files.LoadBalancerFiles;
import org.l3distributor.haproxy.internal.files.StatsSocket;
import org.l3distributor.haproxy.internal.files.Store;

/** One load balancer's HAProxy: its {@link Life}, its files, its processes. Any thread. */
final class Instance implements AutoCloseable {
    private static final Duration ADOPTION = Duration.ofSeconds(3);

    final String id;
    final LoadBalancerFiles files;

    private final Tools tools;
    private final Consumer<Instant> changed;
    private final Runnable down;
    private final Watches watches;
    private volatile Life life;
    private volatile @Nullable HaproxyConfiguration stored;

    /**
     * @param changed told after every change, with the moment in which its cause was seen; must not wait
     * @param ended told of a process of ours that has ended
     * @param down told when it is wanted and not running; must not wait
     */
    Instance(String id, Tools tools, Consumer<Instant> changed, Watches.Ended ended, Runnable down) {
        this.id = id;
        this.files = tools.store().files(id);
        this.tools = tools;
        this.changed = changed;
        this.down = down;
        this.watches =
                new Watches(tools.programs(), ended, (pid, why) -> tools.log().unwatched(id, pid, why));
        this.life = Life.stopped(tools.clock().instant(), "was never started");
    }

    Life life() {
        return life;
    }

    Instant now() {
        return tools.clock().instant();
    }

    /** Empty when nothing is stored for it. */
    Optional<LoadBalancerState> show() {
        HaproxyConfiguration onDisk = stored;
        return onDisk == null ? Optional.empty() : Optional.of(life.show(id, onDisk));
    }

    /** This configuration is stored from now on, so that it is shown; null when none is any more. */
    void stored(@Nullable HaproxyConfiguration onDisk) {
        if (!Objects.equals(stored, onDisk)) {
            stored = onDisk;
            changed.accept(now());
        }
    }

    /** Takes a step; whether something changed by it. */
    boolean change(UnaryOperator<Life> step) {
        return change(now(), step);
    }

    /**
     * Takes a step. Who listens is told first, and the log then: with a death begins the time in which routers still send
     * packets here.
     *
     * @param seen when the cause was seen
     */
    boolean change(Instant seen, UnaryOperator<Life> step) {
        Life before;
        Life after;
        synchronized (this) { // for writers; who reads sees one value or the other
            before = life;
            after = step.apply(before);
            life = after;
        }
        if (before.equals(after)) {
            return false;
        }
        changed.accept(seen);
        tools.log().changed(id, before, after);
        if (after.state() == State.DOWN && after.wanted()) {
            down.run();
        }
        return true;
    }

    boolean isRunning(long master) {
        Life now = life;
        return now.master() == master && (now.state() == State.RUNNING || now.state() == State.RELOADING);
    }

    /** The configuration that the next start takes. */
    HaproxyConfiguration uploaded() {
        return tools.store().configuration(id).map(stored -> stored.content()).orElseGet(HaproxyConfiguration::none);
    }

    /** A worker has answered: it serves from now on, and its end will be noticed. */
    void settle(long master, long worker, HaproxyConfiguration configuration) {
        settle(master, worker, configuration, true);
    }

    private void settle(long master, long worker, HaproxyConfiguration configuration, boolean answers) {
        Set<Bind> seen = lastSeen(configuration);
        change(now -> now.up(now(), master, worker, configuration, seen).observed(worker, seen, answers));
        watch(master, worker);
    }

    /**
     * Where it listens now. When the kernel doesn't say, where it was last seen: that is no fault of HAProxy's, and the
     * probe looks again.
     */
    private Set<Bind> lastSeen(HaproxyConfiguration configuration) {
        try {
            return listening(configuration);
        } catch (IOException e) {
            tools.log().unreadable(id, Store.words(e));
            return among(life.listening(), configuration);
        }
    }

    /** Does nothing for those that are watched already. */
    void watch(long master, long worker) {
        watches.watch(master);
        watches.watch(worker);
    }

    /**
     * Goes on with a master that somebody else started: this service before its restart, or systemd. One whose worker
     * doesn't answer is left alone, too, and shown as what it is: it may be busy with its connections.
     *
     * @throws IOException when it has no worker or ends, or when nobody can tell which configuration it uses
     */
    void adopt(long master) throws IOException {
        HaproxyConfiguration configuration = inUse();
        try {
            long worker = readiness(configuration).await(master, List.of(), 0, ADOPTION);
            tools.log().adopted(id, master, worker);
            settle(master, worker, configuration);
        } catch (IOException e) {
            List<Long> workers = tools.processes().workers(master);
            if (workers.isEmpty()) {
                throw e;
            }
            long newest = workers.get(workers.size() - 1);
            settle(master, newest, configuration, false);
        }
    }

    /**
     * Which configuration a HAProxy uses that is found running. It is the one that was noted, unless this service was
     * killed after a reload and before the note: then only the other one's sockets are all there.
     */
    private HaproxyConfiguration inUse() throws IOException {
        HaproxyConfiguration uploaded = uploaded();
        HaproxyConfiguration noted = tools.store().running(id).orElse(uploaded);
        boolean other = !noted.equals(uploaded) && !listensFully(noted) && listensFully(uploaded);
        return other ? uploaded : noted;
    }

    private boolean listensFully(HaproxyConfiguration configuration) throws IOException {
        Set<Bind> seen = listening(configuration);
        return configuration.frontends().stream().allMatch(frontend -> seen.containsAll(frontend.binds()));
    }

    /** Those of its binds at which somebody listens. */
    Set<Bind> listening(HaproxyConfiguration configuration) throws IOException {
        return among(tools.programs().listening(), configuration);
    }

    private static Set<Bind> among(Set<Bind> all, HaproxyConfiguration configuration) {
        return configuration.frontends().stream()
                .flatMap(frontend -> frontend.binds().stream())
                .filter(all::contains)
                .collect(Collectors.toSet());
    }

    Readiness readiness(HaproxyConfiguration configuration) {
        return new Readiness(tools.programs(), tools.processes(), socket(configuration), files.output());
    }

    StatsSocket socket(HaproxyConfiguration configuration) {
        return new StatsSocket(socketFile(configuration));
    }

    /** Whether the statistics socket of what runs has its name in the file system. */
    boolean hasSocket() {
        return Files.exists(socketFile(life.running()));
    }

    private Path socketFile(HaproxyConfiguration configuration) {
        String named = configuration.statisticsSocket();
        return named == null ? tools.store().base().resolve(id + ".sock") : Path.of(named);
    }

    /** Lets go of the processes, which go on. */
    @Override
    public void close() {
        watches.close();
    }
}
