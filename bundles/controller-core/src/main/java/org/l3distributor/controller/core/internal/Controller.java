// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal;

import java.net.SocketException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.l3distributor.controller.core.internal.api.Services;
import org.l3distributor.controller.core.internal.beat.BeatLog;
import org.l3distributor.controller.core.internal.beat.HealthManager;
import org.l3distributor.controller.core.internal.beat.Pulse;
import org.l3distributor.controller.core.internal.drivers.DriverEffects;
import org.l3distributor.controller.core.internal.drivers.DriverSet;
import org.l3distributor.controller.core.internal.files.ControllerFiles;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.controller.core.internal.round.RenewalRound;
import org.l3distributor.controller.core.internal.round.RoundLog;
import org.l3distributor.controller.core.internal.round.Rounds;
import org.l3distributor.controller.core.internal.round.SweepRound;
import org.l3distributor.controller.core.internal.run.DefaultDistributor;
import org.l3distributor.controller.core.internal.run.Round;
import org.l3distributor.controller.core.internal.run.WorkLog;
import org.l3distributor.controller.core.internal.run.Worker;
import org.l3distributor.distributor.controller.AmphoraService;
import org.l3distributor.distributor.controller.BgpProfileService;
import org.l3distributor.distributor.controller.DistributorAdminService;
import org.l3distributor.distributor.controller.HealthMonitorService;
import org.l3distributor.distributor.controller.ListenerService;
import org.l3distributor.distributor.controller.LoadBalancerService;
import org.l3distributor.distributor.controller.MemberService;
import org.l3distributor.distributor.controller.PoolService;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.StoreException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** A controller that runs: works on tasks, hears heartbeats, answers users. */
final class Controller implements AutoCloseable {
    private static final int TABLES = 8;

    private final ControllerStore store;
    private final Settings settings;
    private final WorkLog log = new WorkLog();
    private final ExecutorService executor;
    private final HealthManager health;
    private final Worker worker;
    private final Pulse pulse;
    private final AutoCloseable opening;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    /** @throws NotUsable when heartbeats can't be heard at the address */
    Controller(BundleContext context, ControllerStore store, DriverSet drivers, Settings settings) throws NotUsable {
        this.store = store;
        this.settings = settings;
        executor = Executors.newFixedThreadPool(TABLES, task -> {
            Thread thread = new Thread(task, "controller-tables");
            thread.setDaemon(true);
            return thread;
        });
        ControllerFiles files = new ControllerFiles(store, settings.issuer(), settings.files());
        DriverEffects effects = new DriverEffects(drivers, files, settings.effects(), executor);
        worker = new Worker(store, effects, settings.work(), log, rounds(drivers, files, effects));
        health = hearing();
        pulse = new Pulse(
                store,
                drivers::amphorae,
                settings.effects().port(),
                settings.beats().interval(),
                new BeatLog());
        opening = store.listen(open -> {
            if (open) {
                executor.execute(this::distributor);
            }
        });
        publish(
                context,
                new Services(
                        store,
                        drivers::network,
                        executor,
                        worker::nudge,
                        settings.amphorae(),
                        drivers::distributor,
                        settings.work().distributorId(),
                        settings.beats().silence()));
    }

    private Map<Kind, Round> rounds(DriverSet drivers, ControllerFiles files, DriverEffects effects) {
        RoundLog told = new RoundLog();
        return Map.of(
                Kind.SWEEP,
                new SweepRound(store, drivers, effects, settings.sweep(), told),
                Kind.RENEWAL,
                new RenewalRound(
                        store,
                        drivers::amphorae,
                        files,
                        new RenewalRound.Settings(
                                SettingsReader.ROUND,
                                settings.issuer().validity(),
                                settings.effects().port(),
                                SettingsReader.PATIENCE),
                        told));
    }

    private HealthManager hearing() throws NotUsable {
        try {
            return new HealthManager(store, settings.beats(), Clock.systemUTC(), worker::nudge, new BeatLog());
        } catch (SocketException e) {
            worker.close();
            executor.shutdownNow();
            throw new NotUsable(List.of(
                    "heartbeatHost with heartbeatPort, " + settings.beats().address() + ": " + e.getMessage()));
        }
    }

    private void distributor() {
        try {
            DefaultDistributor.ensure(store, settings.work().distributorId(), settings.distributorType());
            for (Kind kind : List.of(Kind.SWEEP, Kind.RENEWAL)) {
                Rounds.ensure(store, kind);
            }
            worker.nudge();
        } catch (StoreException e) {
            log.unreachable(e); // and the listener is told when it is back
        }
    }

    private void publish(BundleContext context, Services services) {
        registrations.add(context.registerService(ListenerService.class, services.listeners(), null));
        registrations.add(context.registerService(PoolService.class, services.pools(), null));
        registrations.add(context.registerService(MemberService.class, services.members(), null));
        registrations.add(context.registerService(BgpProfileService.class, services.profiles(), null));
        registrations.add(context.registerService(HealthMonitorService.class, services.healthMonitors(), null));
        registrations.add(context.registerService(AmphoraService.class, services.amphorae(), null));
        registrations.add(context.registerService(DistributorAdminService.class, services.distributors(), null));
        // The last: the API's port opens when this one is there.
        registrations.add(context.registerService(LoadBalancerService.class, services.loadBalancers(), null));
    }

    /** How many amphorae are silent and, since so many fell silent together, not declared dead. */
    int held() {
        return health.held();
    }

    @Override
    public void close() throws Exception {
        opening.close();
        registrations.forEach(ServiceRegistration::unregister);
        pulse.close();
        health.close();
        worker.close();
        executor.shutdownNow();
    }
}
