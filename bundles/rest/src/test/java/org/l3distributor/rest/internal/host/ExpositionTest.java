// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.model.Metric;
import org.l3distributor.distributor.model.Metric.Sample;
import org.l3distributor.distributor.model.Metric.Type;

class ExpositionTest {
    @Test
    void labels_withSpecialCharacters_areEscaped() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("peer", "tor\"1\\");
        labels.put("reason", "two\nlines");

        String text = Exposition.text(
                List.of(new Metric("gate", Type.GAUGE, "A\nhelp\\.", List.of(new Sample(labels, 0.5)))));

        assertThat(text)
                .isEqualTo("# HELP l3d_gate A\\nhelp\\\\.\n# TYPE l3d_gate gauge\n"
                        + "l3d_gate{peer=\"tor\\\"1\\\\\",reason=\"two\\nlines\"} 0.5\n");
    }

    @Test
    void oneFamily_fromTwoSources_isWrittenTogether() {
        Metric a = new Metric("x_total", Type.COUNTER, "X.", List.of(new Sample(Map.of("p", "a"), 1)));
        Metric b = new Metric("y", Type.GAUGE, "Y.", List.of(new Sample(Map.of(), 2)));
        Metric c = new Metric("x_total", Type.COUNTER, "X.", List.of(new Sample(Map.of("p", "c"), 3)));

        assertThat(Exposition.text(List.of(a, b, c)))
                .isEqualTo("# HELP l3d_x_total X.\n# TYPE l3d_x_total counter\nl3d_x_total{p=\"a\"} 1\n"
                        + "l3d_x_total{p=\"c\"} 3\n# HELP l3d_y Y.\n# TYPE l3d_y gauge\nl3d_y 2\n");
    }

    @Test
    void numbers_ofEverySize_areWrittenExactly() {
        Metric m = new Metric(
                "n",
                Type.GAUGE,
                "N.",
                List.of(
                        new Sample(Map.of(), 4294967296.0),
                        new Sample(Map.of(), 1e300),
                        new Sample(Map.of(), Double.NaN),
                        new Sample(Map.of(), Double.NEGATIVE_INFINITY)));

        assertThat(Exposition.text(List.of(m)))
                .contains("l3d_n 4294967296\n", "l3d_n 1.0E300\n", "l3d_n NaN\n", "l3d_n -Inf\n");
    }

    @Test
    void failingSource_costsOnlyItsOwnLinesAndIsCounted() {
        String text = Exposition.scrape(
                () -> List.of(new Metric("up", Type.GAUGE, "Up.", List.of(new Sample(Map.of(), 1)))), List.of(() -> {
                    throw new IllegalStateException("gone");
                }));

        assertThat(text).contains("l3d_up 1\n").contains("l3d_metric_sources_failed 1\n");
    }
}
