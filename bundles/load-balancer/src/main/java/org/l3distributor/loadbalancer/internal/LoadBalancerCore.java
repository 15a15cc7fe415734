// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.l3distributor.distributor.amphora.AgentSettings;
import org.l3distributor.distributor.amphora.LoadBalancerService;
import org.l3distributor.distributor.amphora.OwnRoutes;
import org.l3distributor.distributor.amphora.PlugService;
import org.l3distributor.distributor.service.MetricSource;
import org.l3distributor.haproxy.Haproxy;
import org.l3distributor.haproxy.HaproxySnapshot;
import org.l3distributor.haproxy.Heartbeats;
import org.l3distributor.haproxy.LoadBalancerState;
import org.l3distributor.netns.InterfacePlumber;
import org.l3distributor.netns.VipPlumber;

/**
 * A load balancer's host: what is plugged, what runs, what of it is announced. It outlives no service that it is made
 * of; HAProxy and the namespace outlive it.
 */
public final class LoadBalancerCore implements AutoCloseable {
    private static final int SECONDS_TO_LEAVE = 2;
    /** For finding what runs; a third of the time for which the speaker keeps the routes of an earlier life. */
    private static final int SECONDS_TO_LOOK = 10;

    private final ScheduledExecutorService loop = single("load-balancer");
    private final ExecutorService disk = single("load-balancer-files");
    private final List<AutoCloseable> listening = new ArrayList<>();
    private final IdentityHashMap<OwnRoutes, AutoCloseable> weighing = new IdentityHashMap<>();
    private final ServedVips served;
    private final BackEnds backEnds;
    private volatile boolean configured;
    private final LoadBalancers loadBalancers;
    private final Plugs plugs;
    private final Heart heart;
    private final LoadBalancerMetrics metrics;

    public LoadBalancerCore(VipPlumber vips, InterfacePlumber interfaces, Haproxy haproxy, Heartbeats heartbeats) {
        String namespace = vips.defaultNamespace();
        CompletableFuture<?> opened = new CompletableFuture<>();
        backEnds = new BackEnds(haproxy, loop, this::changed);
        served = new ServedVips(
                loop,
                () -> !opened.isDone() || !configured || isSought(haproxy.snapshot()) || backEnds.isLooking(),
                leaving -> Serving.of(vips.snapshot(namespace), haproxy.snapshot(), backEnds.members(), leaving),
                fresh -> interfaces.greetGateways(namespace, fresh).whenComplete((greeted, fault) -> {
                    if (fault != null) {
                        LoadBalancerLog.failed("making the gateways know " + fresh, fault);
                    }
                }));
        loadBalancers = new LoadBalancers(haproxy, served, disk);
        plugs = new Plugs(vips, interfaces, haproxy::snapshot, served);
        heart = new Heart(heartbeats);
        metrics = new LoadBalancerMetrics(haproxy::snapshot, heartbeats::status);
        listening.add(vips.listen(event -> served.changed()));
        listening.add(interfaces.listenInterfaces(event -> served.changed()));
        listening.add(haproxy.listen(event -> {
            served.changed(event.seen()); // first: it may be a death
            backEnds.look();
            loadBalancers.seen(event.now());
        }));
        vips.open(namespace).whenComplete((snapshot, fault) -> {
            opened.complete(null); // a fault is seen in the snapshot, and the VIPs say it
            served.changed();
        });
        Future<?> unusedPatience = loop.schedule(served::waitNoLonger, SECONDS_TO_LOOK, TimeUnit.SECONDS);
        Future<?> unusedLooks = loop.scheduleWithFixedDelay(backEnds::look, 1, 1, TimeUnit.SECONDS);
        loadBalancers.version(); // so that the first who asks needn't wait
        new Rehearsal(loop, () -> vips.snapshot(namespace), haproxy::snapshot, served, 1000, 10).begin();
    }

    private void changed() {
        served.changed();
    }

    private static boolean isSought(HaproxySnapshot snapshot) {
        return snapshot.loadBalancers().stream().anyMatch(one -> one.state() == LoadBalancerState.State.SOUGHT);
    }

    private static ScheduledExecutorService single(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    public LoadBalancerService loadBalancers() {
        return loadBalancers;
    }

    public PlugService plugs() {
        return plugs;
    }

    public MetricSource metrics() {
        return metrics;
    }

    public synchronized void bind(OwnRoutes routes) {
        served.bind(routes);
        weighing.put(routes, routes.weighing(this::count));
    }

    /** What it wanted counted is counted on: it may come back, and then nothing it says need change. */
    public synchronized void unbind(OwnRoutes routes) {
        AutoCloseable listener = weighing.remove(routes);
        if (listener != null) {
            end(listener);
        }
        served.unbind(routes);
    }

    private void count(boolean counted) {
        try {
            backEnds.count(counted);
        } catch (RejectedExecutionException e) {
            LoadBalancerLog.failed("counting back ends", e); // told while we close
        }
    }

    public void configured(AgentSettings settings) {
        heart.configured(settings);
        backEnds.require(settings.requireBackEnd());
        configured = true;
        served.changed();
    }

    /** The routes are left to the speaker for a while; HAProxy and the namespace are left as they are. */
    @Override
    public void close() {
        heart.stop();
        for (AutoCloseable one : listening) {
            end(one);
        }
        try {
            served.leave().toCompletableFuture().get(SECONDS_TO_LEAVE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LoadBalancerLog.failed("leaving the routes", e);
        }
        loop.shutdownNow();
        disk.shutdownNow();
    }

    private static void end(AutoCloseable listening) {
        try {
            listening.close();
        } catch (Exception e) {
            LoadBalancerLog.failed("ending a subscription", e);
        }
    }
}
