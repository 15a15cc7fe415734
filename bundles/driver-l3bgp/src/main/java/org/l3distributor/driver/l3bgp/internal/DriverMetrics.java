// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.driver.DriverResult;
import org.l3distributor.distributor.model.Metric;
import org.l3distributor.distributor.model.Metric.Sample;
import org.l3distributor.distributor.model.Metric.Type;
import org.l3distributor.distributor.service.MetricSource;

/** What can be counted of the driver: how operations end, and what rounds of repair find and mend. */
final class DriverMetrics implements MetricSource {
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder done = new LongAdder();
    private final LongAdder unfinished = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder rounds = new LongAdder();
    private final LongAdder roundsFailed = new LongAdder();
    private final LongAdder mended = new LongAdder();
    private volatile @Nullable RepairReport last;

    void begun() {
        open.incrementAndGet();
    }

    void ended(DriverResult<?> result) {
        open.decrementAndGet();
        if (result instanceof DriverResult.Done) {
            done.increment();
        } else if (result instanceof DriverResult.Unfinished) {
            unfinished.increment();
        } else if (result instanceof DriverResult.Refused) {
            refused.increment();
        } else {
            failed.increment(); // nothing is ever taken back here
        }
    }

    void repaired(RepairReport report) {
        rounds.increment();
        mended.add(report.mended());
        last = report;
    }

    void notRepaired() {
        rounds.increment();
        roundsFailed.increment();
    }

    @Override
    public List<Metric> metrics() {
        List<Metric> all = new ArrayList<>();
        all.add(single("l3bgp_operations_open", Type.GAUGE, "Operations of the driver that haven't ended", open.get()));
        all.add(new Metric(
                "l3bgp_operations_total",
                Type.COUNTER,
                "Operations of the driver by how they ended",
                List.of(
                        ended("done", done),
                        ended("unfinished", unfinished),
                        ended("refused", refused),
                        ended("failed", failed))));
        all.add(single("l3bgp_repair_rounds_total", Type.COUNTER, "Rounds of repair", (double) rounds.sum()));
        all.add(single(
                "l3bgp_repair_rounds_failed_total",
                Type.COUNTER,
                "Rounds of repair that came to nothing, for the records couldn't be reached",
                (double) roundsFailed.sum()));
        all.add(single(
                "l3bgp_repair_mended_total",
                Type.COUNTER,
                "Load balancers and speakers that a round of repair put right, or tried to",
                (double) mended.sum()));
        RepairReport report = last;
        if (report != null) {
            all.add(single("l3bgp_vips", Type.GAUGE, "Load balancers that the last round looked at", report.vips()));
            all.add(single(
                    "l3bgp_amphorae_unasked",
                    Type.GAUGE,
                    "Amphorae that the last round couldn't ask",
                    report.unasked()));
            all.add(single(
                    "l3bgp_repair_seconds",
                    Type.GAUGE,
                    "How long the last round of repair took",
                    report.took().toMillis() / 1000.0));
        }
        return all;
    }

    private static Sample ended(String result, LongAdder count) {
        return new Sample(Map.of("result", result), count.sum());
    }

    private static Metric single(String name, Type type, String help, double value) {
        return new Metric(name, type, help, List.of(new Sample(Map.of(), value)));
    }
}
