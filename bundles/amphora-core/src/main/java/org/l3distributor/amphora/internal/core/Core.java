// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.l3distributor.amphora.internal.view.Conditions;
import org.l3distributor.amphora.internal.view.CoreMetrics;
import org.l3distributor.amphora.internal.view.EventLog;
import org.l3distributor.amphora.internal.wanted.Host;
import org.l3distributor.amphora.internal.wanted.OwnGate;
import org.l3distributor.amphora.internal.wanted.Registry;
import org.l3distributor.bgp.speaker.BgpSpeaker;
import org.l3distributor.bgp.speaker.PeerSnapshot;
import org.l3distributor.distributor.amphora.OwnRoutes;
import org.l3distributor.distributor.model.Metric;
import org.l3distributor.distributor.model.Metric.Type;
import org.l3distributor.distributor.model.Readiness;
import org.l3distributor.distributor.service.AgentConfiguration;
import org.l3distributor.distributor.service.DistributorService;
import org.l3distributor.distributor.service.MetricSource;
import org.l3distributor.distributor.service.PeerService;
import org.l3distributor.distributor.service.ProfileService;
import org.l3distributor.distributor.service.ReadinessService;
import org.l3distributor.distributor.store.ApplianceStore;
import org.l3distributor.net.IpAddress;

/** The core, put together: its parts live on one loop, and the store is written by one other thread. */
final class Core implements ReadinessService, MetricSource, AutoCloseable {
    private static final Duration LOOK_AROUND = Duration.ofSeconds(5);

    private final BgpSpeaker speaker;
    private final Loop loop;
    private final Registry registry = new Registry();
    private final StoreWriter writer;
    private final StoreLink store;
    private final Announcer announcer;
    private final OwnGate gate;
    private final Own own;
    private final InForce inForce;
    private final Answers answers;
    private final Registrar registrar;
    private final Profiles profiles;
    private final Peers peers;
    private volatile boolean closed;

    Core(
            BgpSpeaker speaker,
            Loop loop,
            Executor storeThread,
            Executor hostThread,
            Function<Collection<IpAddress>, Host> eye,
            CoreSettings settings) {
        this.speaker = speaker;
        this.loop = loop;
        EventLog events = new EventLog();
        Journal journal = new Journal(loop, events);
        writer = new StoreWriter(storeThread, loop);
        store = new StoreLink(loop, writer, this::storeRead);
        ChangeQueue queue = new ChangeQueue(registry, writer, store);
        announcer = new Announcer(loop, speaker);
        answers = new Answers(loop);
        gate = new OwnGate(settings.gate());
        own = new Own(loop, answers, speaker, registry, queue, announcer, journal, gate);
        inForce = new InForce(
                speaker, announcer, own, gate, queue, new HostWatch(hostThread, loop, eye), journal, settings);
        registrar = new Registrar(
                loop, answers, registry, queue, store, announcer, speaker, inForce::announcements, journal);
        profiles = new Profiles(answers, inForce, store, settings);
        peers = new Peers(answers, speaker, inForce, store, events, journal);
    }

    void start() {
        store.start();
        loop.after(LOOK_AROUND, this::lookAround);
    }

    private void lookAround() {
        if (!closed) {
            inForce.lookAround();
            loop.after(LOOK_AROUND, this::lookAround);
        }
    }

    /** The agent's configuration is there, or has changed. Any thread. */
    void configured(AgentConfiguration configuration) {
        loop.execute(() -> inForce.file(configuration.snapshot()));
    }

    /** These roles are installed, from now on. Any thread. */
    void roles(Set<String> installed) {
        loop.execute(() -> {
            inForce.roles(installed);
            own.roles(installed);
        });
    }

    /** There is a store. Any thread. */
    void bound(ApplianceStore newStore) {
        loop.execute(() -> store.bound(newStore));
    }

    /** That store is going. Any thread. */
    void unbound(ApplianceStore oldStore) {
        loop.execute(() -> store.unbound(oldStore));
    }

    private void storeRead(StoreLink.Content content) {
        registry.reset(content.registrations());
        inForce.storeRead(Overrides.profile(content.overrides()), Overrides.disabled(content.overrides()));
    }

    DistributorService distributor() {
        return registrar;
    }

    OwnRoutes own() {
        return own;
    }

    ProfileService profiles() {
        return profiles;
    }

    PeerService peers() {
        return peers;
    }

    @Override
    public Readiness readiness() {
        return Conditions.readiness(
                isPlain(),
                store.fault(),
                profiles.profile().isPresent(),
                profiles.origin(),
                profiles.faults(),
                speaker.peers(),
                inForce.state().disabled());
    }

    @Override
    public CompletionStage<Void> settled() {
        return store.settled();
    }

    /** A load balancer is held here, its agent's file was read, and nobody wrote a profile. */
    private boolean isPlain() {
        InForce.State state = inForce.state();
        return own.isHeld()
                && state.choice().profile() == null
                && state.choice().faults().isEmpty()
                && state.file().amphoraId() != null;
    }

    @Override
    public List<Metric> metrics() {
        List<PeerSnapshot> snapshots = speaker.peers();
        List<Metric> metrics = new ArrayList<>(CoreMetrics.ofPeers(snapshots));
        metrics.add(CoreMetrics.registrations(
                registry.rows(true).size(), registry.rows(false).size()));
        metrics.add(CoreMetrics.gates(gate.table().vips(), registry.all(), gate));
        Withdrawals withdrawals = own.withdrawals();
        metrics.add(CoreMetrics.single(
                "own_withdrawals_total",
                Type.COUNTER,
                "Changes that withdrew VIPs of this host from its peers",
                (double) withdrawals.count()));
        metrics.add(CoreMetrics.single(
                "own_withdrawal_seconds_total",
                Type.COUNTER,
                "Time from what caused them, such as the end of a HAProxy, until they were written to the last peer",
                withdrawals.sum().toNanos() / 1e9));
        metrics.add(CoreMetrics.single(
                "own_withdrawal_seconds_max",
                Type.GAUGE,
                "The longest of them since the start",
                withdrawals.longest().toNanos() / 1e9));
        metrics.add(CoreMetrics.single(
                "store_commits_total", Type.COUNTER, "Transactions and reads of the store", (double) writer.commits()));
        metrics.add(CoreMetrics.single(
                "store_commit_seconds_total", Type.COUNTER, "Time spent in the store", writer.commitSeconds()));
        metrics.add(CoreMetrics.single(
                "store_failures_total", Type.COUNTER, "Calls of the store that failed", (double) writer.failures()));
        metrics.add(CoreMetrics.single(
                "ready", Type.GAUGE, "1 when ready to announce", readiness().ready() ? 1 : 0));
        return metrics;
    }

    /** No answer is owed any more, and none will be. */
    @Override
    public void close() {
        closed = true;
        answers.close();
    }

    /** The last task of the loop: the routes stay with the speaker for whoever comes after us. */
    void leave() {
        announcer.leave();
        own.leaveNow();
    }
}
