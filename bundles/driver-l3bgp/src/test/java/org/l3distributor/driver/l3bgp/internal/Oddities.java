// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import java.util.Map;
import java.util.TreeMap;
import org.l3distributor.client.simulated.SimulatedAmphora;
import org.l3distributor.client.simulated.SimulatedAmphora.Misbehaviour;

/** What an amphora may answer in place of the right thing, by name. */
final class Oddities {
    private Oddities() {}

    static Map<String, Misbehaviour> all() {
        Map<String, Misbehaviour> all = new TreeMap<>();
        all.put("500", exchange -> SimulatedAmphora.answer(exchange, 500, "{\"error\":\"500\",\"http_code\":500}"));
        all.put("garbage", exchange -> SimulatedAmphora.answer(exchange, 200, "\u0000\u0001{[}"));
        all.put("another object", exchange -> SimulatedAmphora.answer(exchange, 200, "{\"fish\":[]}"));
        all.put(
                "rows of nonsense",
                exchange -> SimulatedAmphora.answer(
                        exchange,
                        200,
                        "{\"registrations\":[7],\"own_vips\":[null],\"amphorae\":[{}],\"removed\":[],\"absent\":[{}]}"));
        all.put("a connection that ends", exchange -> true);
        return all;
    }
}
