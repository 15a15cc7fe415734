// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.show;

import java.util.List;
import org.l3distributor.console.Json;
import org.l3distributor.console.Table;
import org.l3distributor.distributor.amphora.OwnVipStatus;

/** VIPs that this host serves itself. */
public final class OwnVipText {
    private OwnVipText() {}

    public static String table(List<OwnVipStatus> rows) {
        Table table = new Table("VIP", "NEXT HOP", "SERVED", "UP", "STATE", "REASON");
        for (OwnVipStatus row : rows) {
            table.row(
                    row.vip().vip(),
                    row.vip().nextHop(),
                    row.vip().served() ? "yes" : "no",
                    row.vip().backEnds(),
                    RegistrationText.states(row.peers()),
                    row.vip().reason());
        }
        return table + "\n" + rows.size() + " VIPs of this host";
    }

    public static String json(List<OwnVipStatus> rows) {
        return new Json()
                .put("own_vips", rows.stream().map(OwnVipText::json).toList())
                .put("next_marker", null)
                .toString();
    }

    private static Json json(OwnVipStatus row) {
        return new Json()
                .put("vip_ip", row.vip().vip())
                .put("nexthop_ip", row.vip().nextHop())
                .put("served", row.vip().served())
                .put("reason", row.vip().reason())
                .put("back_ends_up", row.vip().backEnds())
                .put("peers", RegistrationText.peersJson(row.peers()));
    }
}
