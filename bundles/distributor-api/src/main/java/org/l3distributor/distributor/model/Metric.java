// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.model;

import java.util.List;
import java.util.Map;

/**
 * One metric family in the terms of the Prometheus text format.
 *
 * @param name lower case, unit as suffix, without the product prefix
 * @param type counter or gauge
 */
public record Metric(String name, Type type, String help, List<Sample> samples) {
    public Metric {
        samples = List.copyOf(samples);
    }

    public enum Type {
        COUNTER,
        GAUGE
    }

    /** One sample; labels in the order in which they are written. */
    public record Sample(Map<String, String> labels, double value) {}
}
