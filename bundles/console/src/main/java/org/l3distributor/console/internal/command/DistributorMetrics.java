// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Ports;
import org.l3distributor.console.internal.show.MetricText;
import org.l3distributor.distributor.model.Metric;
import org.l3distributor.distributor.service.MetricSource;

/** The metrics of every source. */
@Service
@Command(scope = "distributor", name = "metrics", description = "The samples that the scrape shows")
public final class DistributorMetrics extends ApplianceCommand {
    @Override
    protected String answer(Ports ports) {
        List<Metric> metrics = ports.all(MetricSource.class).stream()
                .flatMap(source -> source.metrics().stream())
                .toList();
        return json ? MetricText.json(metrics) : MetricText.samples(metrics);
    }
}
