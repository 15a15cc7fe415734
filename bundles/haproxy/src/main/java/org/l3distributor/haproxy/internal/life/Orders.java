// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.l3distributor.haproxy.HaproxyConfiguration;
import org.l3distributor.haproxy.LoadBalancerState.State;
import org.l3distributor.haproxy.RunResult;
import org.l3distributor.haproxy.internal.files.Store;
import org.l3distributor.net.IpAddress;

/** What one HAProxy is told to do, in the words of Octavia's agent. All of it waits; one order after another. */
final class Orders {
    /** Below the 60 s for which a controller waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final Duration MASTER = Duration.ofSeconds(10);
    private static final Duration ASK = Duration.ofSeconds(2);

    private final Instance instance;
    private final Tools tools;
    private final Function<HaproxyConfiguration, Optional<String>> holder;

    Orders(Instance instance, Tools tools, Function<HaproxyConfiguration, Optional<String>> holder) {
        this.instance = instance;
        this.tools = tools;
        this.holder = holder;
    }

    RunResult start() {
        if (!tools.store().has(instance.id)) {
            return new RunResult.Unknown(instance.id);
        }
        try {
            OptionalLong master = tools.supervisor().master(instance.files);
            if (master.isPresent()) {
                adoptUnlessOurs(master.getAsLong());
                return started();
            }
        } catch (IOException e) {
            return failed("Error starting haproxy", e);
        }
        return launch();
    }

    private void adoptUnlessOurs(long master) throws IOException {
        if (!instance.isRunning(master)) {
            instance.adopt(master);
        }
    }

    /**
     * Starts again what died. An upload that no reload has taken yet, or that one has refused, is what is started if it
     * can be; if not, what served until now is put back in its place.
     */
    RunResult revive() {
        try {
            if (tools.store().hasFreshUpload(instance.id)) {
                restoreUnlessLoadable();
            }
        } catch (IOException e) {
            tools.log().failed(instance.id, "restoring the configuration that served", Store.words(e));
        }
        return launch();
    }

    private void restoreUnlessLoadable() throws IOException {
        try {
            refuseWhatCannotLoad(instance.uploaded());
        } catch (IOException e) {
            tools.log().restored(instance.id, Store.words(e));
            tools.store().restoreRunning(instance.id);
            instance.stored(instance.uploaded());
        }
    }

    /** Starts a master where none is. */
    private RunResult launch() {
        HaproxyConfiguration configuration = instance.uploaded();
        boolean wanted = instance.life().wanted();
        instance.change(now -> now.starting(instance.now(), configuration));
        try {
            startAndAwait(configuration);
            return started();
        } catch (IOException e) {
            String why = "couldn't be started: " + firstAlert(Store.words(e));
            instance.change(
                    now -> wanted ? now.down(instance.now(), configuration, why) : Life.stopped(instance.now(), why));
            return failed("Error starting haproxy", e);
        }
    }

    private void startAndAwait(HaproxyConfiguration configuration) throws IOException {
        refuseWhatOthersHave(configuration);
        Readiness readiness = instance.readiness(configuration);
        readiness.forgetOutput();
        long master = tools.supervisor().start(instance.files, tools.store().peer(instance.id));
        try {
            long worker = readiness.await(master, List.of(), 0, PATIENCE);
            tools.store().markRunning(instance.id);
            instance.settle(master, worker, configuration);
        } catch (IOException e) {
            tools.supervisor().stop(instance.files, master);
            throw e;
        }
    }

    RunResult reload() {
        if (!tools.store().has(instance.id)) {
            return new RunResult.Unknown(instance.id);
        }
        try {
            OptionalLong master = tools.supervisor().master(instance.files);
            if (master.isEmpty()) {
                return launch();
            }
            adoptUnlessOurs(master.getAsLong());
            HaproxyConfiguration configuration = instance.uploaded();
            refuseWhatCannotLoad(configuration);
            if (!instance.hasSocket()) {
                return relaunch(master.getAsLong());
            }
            saveServersState();
            return reload(master.getAsLong(), configuration);
        } catch (IOException e) {
            instance.change(this::afterFailedReload);
            return failed("Error reloading haproxy", e);
        }
    }

    /** Why a reload of what runs would be refused before HAProxy hears of it. */
    Optional<RunResult.Failed> refusal() {
        if (!tools.store().has(instance.id) || instance.life().worker() == 0) {
            return Optional.empty();
        }
        try {
            refuseWhatCannotLoad(instance.uploaded());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(failed("Error reloading haproxy", e));
        }
    }

    /** The old worker serves on, if it is still there. */
    private Life afterFailedReload(Life now) {
        Life back = now.notReloaded(instance.now());
        boolean gone = now.state() == State.RELOADING
                && !tools.processes().workers(now.master()).contains(now.worker());
        return gone ? back.ended(instance.now(), now.worker()) : back;
    }

    /**
     * A new worker inherits the statistics socket that listens, not the name that somebody removed: only a new master
     * makes that anew. Nothing is announced at this time, since nobody can tell whether it serves.
     */
    private RunResult relaunch(long master) throws IOException {
        tools.log().relaunched(instance.id);
        tools.supervisor().stop(instance.files, master);
        return launch();
    }

    private RunResult reload(long master, HaproxyConfiguration configuration) throws IOException {
        Readiness readiness = instance.readiness(configuration);
        List<Long> old = tools.processes().workers(master);
        long printed = readiness.printed();
        readiness.awaitMaster(master, MASTER);
        instance.change(now -> now.reloading(instance.now()));
        tools.supervisor().reload(instance.files, master);
        long worker = readiness.await(master, old, printed, PATIENCE);
        instance.settle(master, worker, configuration); // first: it serves, whatever the disk says to the note
        tools.store().markRunning(instance.id);
        return new RunResult.Done("Listener " + instance.id + " reloaded");
    }

    /**
     * A certificate may have changed since the upload was checked; and an address that isn't there would make the new
     * worker fail only after the old one was told to pause, which is a second without service.
     */
    private void refuseWhatCannotLoad(HaproxyConfiguration configuration) throws IOException {
        refuseWhatOthersHave(configuration);
        String peer = tools.store().peer(instance.id);
        Programs.Finished checked = tools.programs()
                .run(tools.command().check(instance.files, instance.files.configuration(), peer), PATIENCE);
        if (checked.status() != 0) {
            throw new IOException(checked.output());
        }
        Optional<Set<IpAddress>> there = tools.programs().addresses();
        for (IpAddress address : configuration.addresses()) {
            boolean absent = there.isPresent() && !there.get().contains(address);
            if (absent && !address.isUnspecified() && !address.isLoopback()) {
                throw new IOException("cannot bind to " + address + ": no interface of the namespace has it");
            }
        }
    }

    private void refuseWhatOthersHave(HaproxyConfiguration configuration) throws IOException {
        Optional<String> held = holder.apply(configuration);
        if (held.isPresent()) {
            throw new IOException(held.get());
        }
    }

    /** Without it, members that were down are up again until their first check; Octavia's agent goes on, too. */
    private void saveServersState() {
        try {
            String state = instance.socket(instance.life().running()).ask("show servers state", ASK);
            Files.writeString(instance.files.serversState(), state.stripTrailing() + "\n");
        } catch (IOException e) {
            tools.log().stateNotSaved(instance.id, Store.words(e));
        }
    }

    RunResult stop() {
        if (!tools.store().has(instance.id)) {
            return new RunResult.Unknown(instance.id);
        }
        try {
            end();
            return new RunResult.Done("Listener " + instance.id + " stoped"); // sic, as Octavia's agent says it
        } catch (IOException e) {
            return failed("Error stoping haproxy", e);
        }
    }

    private void end() throws IOException {
        Life before = instance.life();
        instance.change(now -> now.stopping(instance.now()));
        try {
            OptionalLong master = tools.supervisor().master(instance.files);
            tools.store().markStopped(instance.id);
            if (master.isPresent()) {
                tools.supervisor().stop(instance.files, master.getAsLong());
            }
        } catch (IOException e) {
            instance.change(now -> afterFailedStop(now, before));
            throw e;
        }
        instance.change(now -> Life.stopped(instance.now(), "was stopped"));
    }

    /** As it was, if its worker is still there: it isn't out of service because somebody couldn't stop it. */
    private Life afterFailedStop(Life now, Life before) {
        boolean runs =
                now.worker() != 0 && tools.processes().workers(now.master()).contains(now.worker());
        if (runs) {
            return now.notStopped(instance.now());
        }
        return before.wanted()
                ? now.down(instance.now(), now.running(), "couldn't be stopped, and has ended")
                : Life.stopped(instance.now(), "was stopped");
    }

    RunResult delete() {
        if (!tools.store().has(instance.id)) {
            return new RunResult.Done("");
        }
        try {
            HaproxyConfiguration configuration = instance.uploaded();
            end();
            removeSocket(configuration);
            tools.store().remove(instance.id);
            instance.stored(null);
            return new RunResult.Done("");
        } catch (IOException e) {
            return failed("Error stopping haproxy", e);
        }
    }

    /** Only where sockets are ours: the path is what a configuration said. */
    private void removeSocket(HaproxyConfiguration configuration) throws IOException {
        String named = configuration.statisticsSocket();
        if (named != null && Path.of(named).normalize().startsWith(tools.store().base())) {
            Files.deleteIfExists(Path.of(named));
        }
    }

    private RunResult started() {
        return new RunResult.Done("Configuration file is valid\nhaproxy daemon for " + instance.id + " started");
    }

    private RunResult.Failed failed(String message, IOException fault) {
        tools.log().failed(instance.id, message, Store.words(fault));
        return new RunResult.Failed(message, Store.words(fault));
    }

    /** HAProxy prints notices before it comes to the point. */
    private static String firstAlert(String words) {
        return words.lines()
                .filter(line -> line.startsWith("[ALERT]"))
                .findFirst()
                .orElse(words);
    }
}
