// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.show;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.console.Json;
import org.l3distributor.console.Table;
import org.l3distributor.distributor.amphora.HeldConnections;

/** Connections that clients have of load balancers. */
public final class HeldText {
    private HeldText() {}

    public static String table(List<HeldConnections> rows) {
        Table table = new Table("LOAD BALANCER", "CONNECTIONS", "OLD WORKERS");
        for (HeldConnections row : rows) {
            table.row(row.loadBalancer(), known(row.connections()), known(row.oldWorkers()));
        }
        return table + "\n" + rows.size()
                + " load balancers of this host; an old worker lives until its last connection ends";
    }

    public static String json(List<HeldConnections> rows) {
        return new Json()
                .put("load_balancers", rows.stream().map(HeldText::json).toList())
                .put("next_marker", null)
                .toString();
    }

    private static Json json(HeldConnections row) {
        return new Json()
                .put("loadbalancer_id", row.loadBalancer())
                .put("connections", row.connections())
                .put("old_workers", row.oldWorkers());
    }

    private static String known(@Nullable Integer number) {
        return number == null ? "unknown" : Integer.toString(number);
    }
}
