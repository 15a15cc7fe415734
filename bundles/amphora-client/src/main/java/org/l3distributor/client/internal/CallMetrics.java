// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.l3distributor.client.AmphoraClients.Trouble;
import org.l3distributor.client.CallResult;
import org.l3distributor.distributor.model.Metric;
import org.l3distributor.distributor.model.Metric.Sample;
import org.l3distributor.distributor.model.Metric.Type;
import org.l3distributor.distributor.service.MetricSource;

/** What can be counted of calls: how they ended, how many attempts they took, and which amphorae don't answer. */
final class CallMetrics implements MetricSource {
    private final LongAdder answered = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder unavailable = new LongAdder();
    private final LongAdder attempts = new LongAdder();
    private final Supplier<List<Trouble>> troubles;

    CallMetrics(Supplier<List<Trouble>> troubles) {
        this.troubles = troubles;
    }

    void attempt() {
        attempts.increment();
    }

    void ended(CallResult<?> result) {
        if (result instanceof CallResult.Answered) {
            answered.increment();
        } else if (result instanceof CallResult.Rejected) {
            rejected.increment();
        } else {
            unavailable.increment();
        }
    }

    @Override
    public List<Metric> metrics() {
        List<Trouble> now = troubles.get();
        return List.of(
                new Metric(
                        "amphora_calls_total",
                        Type.COUNTER,
                        "Calls of amphorae by how they ended",
                        List.of(
                                sample("answered", answered),
                                sample("rejected", rejected),
                                sample("unavailable", unavailable))),
                single("amphora_call_attempts_total", Type.COUNTER, "Attempts that calls of amphorae took", (double)
                        attempts.sum()),
                single("amphorae_failing", Type.GAUGE, "Amphorae whose last call failed", now.size()),
                single(
                        "amphorae_shut_off",
                        Type.GAUGE,
                        "Amphorae that aren't called at all for a while, for they failed too often",
                        (double) now.stream().filter(Trouble::closed).count()));
    }

    private static Sample sample(String result, LongAdder count) {
        return new Sample(Map.of("result", result), count.sum());
    }

    private static Metric single(String name, Type type, String help, double value) {
        return new Metric(name, type, help, List.of(new Sample(Map.of(), value)));
    }
}
