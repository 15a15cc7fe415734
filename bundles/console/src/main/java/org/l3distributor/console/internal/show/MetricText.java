// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.show;

import java.util.List;
import java.util.stream.Collectors;
import org.l3distributor.console.Json;
import org.l3distributor.distributor.model.Metric;

/** Samples, one a line, under the names and labels of the scrape. */
public final class MetricText {
    /** What the scrape puts before each name. */
    private static final String PREFIX = "l3d_";

    private MetricText() {}

    public static String samples(List<Metric> metrics) {
        return metrics.isEmpty()
                ? "no metrics"
                : metrics.stream()
                        .flatMap(m ->
                                m.samples().stream().map(s -> PREFIX + m.name() + labels(s) + " " + number(s.value())))
                        .sorted()
                        .collect(Collectors.joining("\n"));
    }

    private static String labels(Metric.Sample sample) {
        return sample.labels().isEmpty()
                ? ""
                : sample.labels().entrySet().stream()
                        .map(e -> e.getKey() + "=\"" + escaped(e.getValue()) + "\"")
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    public static String json(List<Metric> metrics) {
        return new Json()
                .put(
                        "metrics",
                        metrics.stream()
                                .flatMap(m -> m.samples().stream()
                                        .map(s -> new Json()
                                                .put("name", PREFIX + m.name())
                                                .put("labels", s.labels())
                                                .put("value", s.value())))
                                .toList())
                .toString();
    }
}
