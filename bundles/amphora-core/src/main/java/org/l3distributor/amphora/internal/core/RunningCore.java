// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.l3distributor.bgp.speaker.BgpSpeaker;
import org.l3distributor.distributor.amphora.OwnRoutes;
import org.l3distributor.distributor.service.AgentConfiguration;
import org.l3distributor.distributor.service.DistributorService;
import org.l3distributor.distributor.service.MetricSource;
import org.l3distributor.distributor.service.PeerService;
import org.l3distributor.distributor.service.ProfileService;
import org.l3distributor.distributor.service.ReadinessService;
import org.l3distributor.distributor.store.ApplianceStore;

/** A core with its three threads: the loop, the store's writer, the one that looks at the host's addresses. */
public final class RunningCore implements AutoCloseable {
    private static final int SECONDS_FOR_THE_STORE = 10;

    private final ThreadLoop loop = new ThreadLoop("amphora-core");
    private final ExecutorService storeThread = single("amphora-store");
    private final ExecutorService hostThread = single("amphora-host");
    private final Core core;

    public RunningCore(BgpSpeaker speaker, CoreSettings settings) {
        core = new Core(speaker, loop, storeThread, hostThread, KernelHost::read, settings);
        core.start();
    }

    private static ExecutorService single(String name) {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    public void configured(AgentConfiguration configuration) {
        core.configured(configuration);
    }

    /** These roles are installed, without "role-". */
    public void roles(Set<String> installed) {
        core.roles(installed);
    }

    public void bound(ApplianceStore store) {
        core.bound(store);
    }

    public void unbound(ApplianceStore store) {
        core.unbound(store);
    }

    public DistributorService distributor() {
        return core.distributor();
    }

    public OwnRoutes own() {
        return core.own();
    }

    public ProfileService profiles() {
        return core.profiles();
    }

    public PeerService peers() {
        return core.peers();
    }

    public ReadinessService readiness() {
        return core;
    }

    public MetricSource metrics() {
        return core;
    }

    /** Lets the transaction under way end and what it made durable be announced; then the routes are left. */
    @Override
    public void close() {
        core.close();
        storeRestsOrTimePasses();
        loop.execute(core::leave);
        loop.close();
        storeThread.shutdownNow();
        hostThread.shutdownNow();
    }

    private void storeRestsOrTimePasses() {
        try {
            storeThread.submit(() -> {}).get(SECONDS_FOR_THE_STORE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            CoreLog.storeFault("still busy while the core stops: " + e);
        }
    }
}
