// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.l3distributor.distributor.model.Metric;
import org.l3distributor.distributor.model.Metric.Sample;
import org.l3distributor.distributor.service.MetricSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prometheus' text format 0.0.4. */
public final class Exposition {
    public static final String CONTENT_TYPE = "text/plain;version=0.0.4;charset=utf-8";

    private static final Logger LOG = LoggerFactory.getLogger(Exposition.class);
    private static final String PREFIX = "l3d_";

    private Exposition() {}

    /** Everything that there is to show. A source that fails costs its own lines, is counted, and is logged. */
    public static String scrape(MetricSource process, List<MetricSource> others) {
        List<Metric> all = new ArrayList<>(process.metrics());
        int failed = 0;
        for (MetricSource source : others) {
            try {
                all.addAll(source.metrics());
            } catch (RuntimeException e) {
                failed++;
                LOG.warn("metrics failed source={}", source.getClass().getName(), e);
            }
        }
        all.add(new Metric(
                "metric_sources_failed",
                Metric.Type.GAUGE,
                "Sources that gave nothing to this scrape.",
                List.of(new Sample(Map.of(), failed))));
        return text(all);
    }

    /** One family per name: the format wants all its samples together, whoever they are from. */
    static String text(List<Metric> metrics) {
        Map<String, List<Metric>> families = new LinkedHashMap<>();
        metrics.forEach(
                m -> families.computeIfAbsent(m.name(), n -> new ArrayList<>()).add(m));
        StringBuilder out = new StringBuilder(4096);
        families.forEach((name, family) -> {
            Metric first = family.get(0);
            out.append("# HELP ").append(PREFIX).append(name).append(' ');
            out.append(first.help().replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
            out.append("# TYPE ").append(PREFIX).append(name).append(' ');
            out.append(first.type().name().toLowerCase(Locale.ROOT)).append('\n');
            family.forEach(m -> m.samples().forEach(s -> sample(out, name, s)));
        });
        return out.toString();
    }

    private static void sample(StringBuilder out, String name, Sample sample) {
        out.append(PREFIX).append(name);
        if (!sample.labels().isEmpty()) {
            out.append(sample.labels().entrySet().stream()
                    .map(e -> e.getKey() + "=\"" + escaped(e.getValue()) + "\"")
                    .collect(Collectors.joining(",", "{", "}")));
        }
        out.append(' ').append(number(sample.value())).append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
