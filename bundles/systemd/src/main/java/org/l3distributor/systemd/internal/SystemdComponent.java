// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.systemd.internal;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.service.DistributorService;
import org.l3distributor.distributor.service.ReadinessService;
import org.l3distributor.distributor.service.RoleStatus;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Tells systemd, if it started this process. Its start level is the last, so that everything else has been started. */
@Component(
        service = {},
        immediate = true)
public final class SystemdComponent {
    private final BundleContext context;
    private final @Nullable NotifySocket socket;
    private final @Nullable Notifier notifier;
    private final @Nullable ScheduledExecutorService thread;
    private final Set<RoleStatus> roles = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ReadinessService readiness;
    private volatile @Nullable DistributorService distributor;

    @Activate
    public SystemdComponent(BundleContext context) {
        this.context = context;
        Optional<ServiceManager> manager =
                ServiceManager.of(System.getenv(), ProcessHandle.current().pid());
        if (manager.isEmpty()) {
            socket = null;
            notifier = null;
            thread = null;
            return;
        }
        SystemdLog.tells(manager.get());
        NotifySocket line = new NotifySocket(manager.get().address());
        Notifier told = new Notifier(line, manager.get().watchdog(), this::status, this::ask);
        socket = line;
        notifier = told;
        thread = Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "l3d-systemd"));
        thread.execute(told::started);
        Future<?> unused = thread.scheduleWithFixedDelay(() -> tick(told), 100, 1000, TimeUnit.MILLISECONDS);
    }

    /** A port that goes away in the middle of a call is none of a fault that lasts; the next tick asks again. */
    private static void tick(Notifier notifier) {
        try {
            notifier.tick(Instant.now());
        } catch (RuntimeException e) {
            SystemdLog.unasked(e);
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindReadiness(ReadinessService service) {
        readiness = service;
    }

    void unbindReadiness(ReadinessService service) {
        readiness = readiness == service ? null : readiness;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindDistributor(DistributorService service) {
        distributor = service;
    }

    void unbindDistributor(DistributorService service) {
        distributor = distributor == service ? null : distributor;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindRole(RoleStatus role) {
        roles.add(role);
    }

    void unbindRole(RoleStatus role) {
        roles.remove(role);
    }

    private String status() {
        ReadinessService service = readiness;
        return StatusLine.of(
                service == null ? null : service.readiness(),
                roles.stream().map(RoleStatus::status).sorted().toList());
    }

    /** Answered by the loop that decides what is announced; without that role there is nobody to ask. */
    private CompletionStage<?> ask() {
        DistributorService service = distributor;
        return service == null ? CompletableFuture.completedFuture(null) : service.list(true, 1, null);
    }

    @Deactivate
    void close() throws IOException, InterruptedException {
        ScheduledExecutorService ticks = thread;
        if (ticks == null || notifier == null || socket == null) {
            return;
        }
        // Only when the whole appliance stops: when this bundle alone is updated, systemd would take the appliance for
        // leaving.
        if (context.getBundle(0).getState() == Bundle.STOPPING) {
            ticks.execute(notifier::stopping);
        }
        ticks.shutdown();
        if (!ticks.awaitTermination(1, TimeUnit.SECONDS)) {
            ticks.shutdownNow();
        }
        socket.close();
    }
}
