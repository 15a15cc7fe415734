// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.List;
import java.util.Map;
import javax.persistence.EntityManager;
import org.l3distributor.distributor.controller.HealthMonitor;

/** Table health_monitor. */
final class MonitorTable extends Table<HealthMonitor, HealthMonitorRow> {
    private final Tags tags;

    MonitorTable(EntityManager em) {
        super(em, HealthMonitorRow.class, HealthMonitorRow::new);
        tags = new Tags(em);
    }

    @Override
    String id(HealthMonitor value) {
        return value.id();
    }

    @Override
    long version(HealthMonitor value) {
        return value.header().version();
    }

    @Override
    void write(HealthMonitorRow row, HealthMonitor value) {
        row.set(value);
    }

    @Override
    List<HealthMonitor> values(List<HealthMonitorRow> rows) {
        Map<String, List<String>> tagged = tags.of(rows);
        return rows.stream()
                .map(row -> row.toValue(tagged.getOrDefault(row.id, List.of())))
                .toList();
    }

    @Override
    void writeParts(HealthMonitor value) {
        tags.write(value.id(), value.header().tags());
    }

    @Override
    void deleteParts(String id) {
        tags.write(id, List.of());
    }
}
