// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.l3distributor.distributor.model.Metric;
import org.l3distributor.distributor.model.Metric.Sample;
import org.l3distributor.distributor.model.Metric.Type;
import org.l3distributor.distributor.service.MetricSource;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.NamespaceState;
import org.l3distributor.netns.VipPlumber;
import org.l3distributor.netns.VipStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What a scrape sees of the namespaces: whether each VIP is where it can be served, and how often that was put right. */
@Component
public final class NamespaceMetrics implements MetricSource {
    private final VipPlumber plumber;

    @Activate
    public NamespaceMetrics(@Reference VipPlumber plumber) {
        this.plumber = plumber;
    }

    @Override
    public List<Metric> metrics() {
        return of(plumber.snapshots());
    }

    /** Pure, and always in the same order. */
    static List<Metric> of(List<NamespaceSnapshot> snapshots) {
        List<Sample> vips = new ArrayList<>();
        for (NamespaceSnapshot snapshot : snapshots) {
            for (VipStatus vip : snapshot.vips()) {
                Map<String, String> labels = labels(snapshot);
                labels.put("vip", vip.vip().toString());
                labels.put("reason", reason(vip));
                vips.add(new Sample(labels, vip.onLo() ? 1 : 0));
            }
        }
        return List.of(
                each(
                        "namespace_ready",
                        Type.GAUGE,
                        "1 while the namespace is open and as it is wanted to be",
                        snapshots,
                        s -> s.state() == NamespaceState.READY ? 1 : 0),
                each(
                        "namespace_drift_repaired_total",
                        Type.COUNTER,
                        "What somebody else undid in the namespace and was put right",
                        snapshots,
                        NamespaceSnapshot::driftRepaired),
                new Metric("vip_on_lo", Type.GAUGE, "1 while the VIP is on a loopback that is up", vips));
    }

    private static String reason(VipStatus vip) {
        return vip.error() != null
                ? String.valueOf(vip.error().getMessage())
                : !vip.wanted() ? "being removed" : vip.onLo() ? "plugged" : "not seen on lo yet";
    }

    private static Metric each(
            String name,
            Type type,
            String help,
            List<NamespaceSnapshot> snapshots,
            ToDoubleFunction<NamespaceSnapshot> value) {
        return new Metric(
                name,
                type,
                help,
                snapshots.stream()
                        .map(s -> new Sample(labels(s), value.applyAsDouble(s)))
                        .toList());
    }

    private static Map<String, String> labels(NamespaceSnapshot snapshot) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("namespace", snapshot.namespace());
        return labels;
    }
}
