// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.service;

import java.util.List;
import org.l3distributor.distributor.model.Metric;
import org.osgi.annotation.versioning.ConsumerType;

/** Anything that has metrics to show publishes this service; the scrape collects them all. */
@ConsumerType
public interface MetricSource {
    /** The metrics of this moment; cheap, and never waits. */
    List<Metric> metrics();
}
