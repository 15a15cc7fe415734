// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.l3distributor.haproxy.internal.files.LoadBalancerFiles;

/** Starts HAProxy itself, where there is no systemd: in a container, or in a lab. */
final class OwnSupervisor implements Supervisor {
    /** HAProxy ends within milliseconds of SIGTERM; a process that is stopped or hangs doesn't. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Programs programs;
    private final ProcessTable processes;
    private final HaproxyCommand command;
    private final HaproxyLog log;

    OwnSupervisor(Programs programs, ProcessTable processes, HaproxyCommand command, HaproxyLog log) {
        this.programs = programs;
        this.processes = processes;
        this.command = command;
        this.log = log;
    }

    @Override
    public long start(LoadBalancerFiles files, String peer) throws IOException {
        return programs.start(command.serve(files, peer), files.output());
    }

    @Override
    public void reload(LoadBalancerFiles files, long master) throws IOException {
        programs.signal(master, Programs.Signal.USR2);
    }

    @Override
    public void stop(LoadBalancerFiles files, long master) throws IOException {
        List<Long> all = new ArrayList<>(processes.workers(master));
        all.add(master);
        programs.signal(master, Programs.Signal.TERM);
        if (!ended(all)) {
            log.killed(files.id(), all);
            for (long pid : all) {
                programs.signal(pid, Programs.Signal.KILL);
            }
            if (!ended(all)) {
                throw new IOException("processes " + all + " don't end, not even by SIGKILL");
            }
        }
        Files.deleteIfExists(files.pid());
    }

    private boolean ended(List<Long> pids) throws IOException {
        List<Programs.Watch> watches = pids.stream().map(programs::watch).toList();
        CompletableFuture<?>[] ends = watches.stream()
                .map(watch -> watch.ended().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IOException("watching " + pids + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while HAProxy was stopped", e);
        } finally {
            watches.forEach(Programs.Watch::close);
        }
    }

    /** One that runs in another namespace is ours, but serves nobody: the namespace was made anew. It is ended. */
    @Override
    public OptionalLong master(LoadBalancerFiles files) throws IOException {
        OptionalLong found = processes.master(files.pid());
        if (found.isPresent() && !processes.isIn(found.getAsLong(), programs.namespace())) {
            log.stray(files.id(), found.getAsLong());
            stop(files, found.getAsLong());
            return processes.master(files.pid());
        }
        return found;
    }
}
