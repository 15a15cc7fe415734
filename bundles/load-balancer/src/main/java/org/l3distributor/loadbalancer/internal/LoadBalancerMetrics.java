// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.l3distributor.distributor.model.Metric;
import org.l3distributor.distributor.model.Metric.Sample;
import org.l3distributor.distributor.model.Metric.Type;
import org.l3distributor.distributor.service.MetricSource;
import org.l3distributor.haproxy.HaproxySnapshot;
import org.l3distributor.haproxy.HeartbeatStatus;

/** What can be counted of HAProxy and its heartbeats. The gate of each VIP is the announcer's to show. */
final class LoadBalancerMetrics implements MetricSource {
    private final Supplier<HaproxySnapshot> haproxy;
    private final Supplier<HeartbeatStatus> heartbeats;

    LoadBalancerMetrics(Supplier<HaproxySnapshot> haproxy, Supplier<HeartbeatStatus> heartbeats) {
        this.haproxy = haproxy;
        this.heartbeats = heartbeats;
    }

    @Override
    public List<Metric> metrics() {
        List<Sample> up = haproxy.get().loadBalancers().stream()
                .map(one -> new Sample(Map.of("load_balancer", one.id()), one.alive() ? 1 : 0))
                .toList();
        return List.of(
                new Metric("haproxy_up", Type.GAUGE, "1 while the load balancer's HAProxy answers", up),
                single("heartbeats_sent_total", Type.COUNTER, "Heartbeats given to the network", (double)
                        heartbeats.get().sent()));
    }

    private static Metric single(String name, Type type, String help, double value) {
        return new Metric(name, type, help, List.of(new Sample(Map.of(), value)));
    }
}
