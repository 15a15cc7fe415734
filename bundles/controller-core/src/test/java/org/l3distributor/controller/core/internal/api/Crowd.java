// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.Header;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.Pool;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.Transaction;
import org.l3distributor.distributor.store.contract.Things;

/** Load balancers of three projects, each with a listener, a pool with two members and a monitor, and an amphora. */
final class Crowd {
    static final List<String> NAMES = List.of("web", "Web", "", "shop", "WEB", "web");

    private static final Instant BEGIN = Instant.parse("2026-11-01T10:00:00Z");
    private static final int AT_ONCE = 100;

    private Crowd() {}

    /** The id of the i-th thing of a kind, which is a digit. */
    static String id(int kind, int i) {
        return String.format(Locale.ROOT, "%d0000000-0000-4000-8000-%012d", kind, i);
    }

    static String amphora(int i) {
        return String.format(Locale.ROOT, "amphora-%05d", i);
    }

    /** Makes those from one number to before another. */
    static void fill(ControllerStore store, int from, int to) throws StoreException {
        for (int begin = from; begin < to; begin += AT_ONCE) {
            int first = begin;
            store.run(tx -> {
                for (int i = first; i < Math.min(to, first + AT_ONCE); i++) {
                    insert(tx, i);
                }
            });
        }
    }

    private static void insert(Transaction tx, int i) {
        String lb = id(1, i);
        String pool = id(3, i);
        LoadBalancer made = Things.loadBalancer(lb, "", "203.0." + (i / 250) + "." + (1 + i % 250));
        tx.loadBalancers().insert(made.with(header(lb, i)));
        Pool empty = Things.pool(pool, lb);
        tx.pools().insert(empty.with(header(pool, i)));
        Listener listener = Things.listener(id(2, i), lb, 80 + i % 2, i % 12 == 8 ? null : pool);
        tx.listeners().insert(listener.with(header(listener.id(), i)));
        for (int m = 0; m < 2; m++) {
            Member member = Things.member(id(4, 2 * i + m), pool, "192.0.2." + (1 + (2 * i + m) % 250));
            tx.members().insert(member.with(header(member.id(), i)));
        }
        HealthMonitor monitor = Things.monitor(id(6, i), pool);
        tx.monitors().insert(monitor.with(header(monitor.id(), i)));
        Amphora amphora = Things.amphora(amphora(i), lb, "10.0." + (i / 250) + "." + (1 + i % 250), "198.51.100.1");
        tx.amphorae().insert(i % 10 == 9 ? amphora.with(ProvisioningStatus.DELETED) : amphora);
    }

    private static Header header(String id, int i) {
        return new Header(
                id,
                "p" + i % 3,
                NAMES.get(i % NAMES.size()),
                "",
                i % 2 == 0,
                i % 5 == 0 ? ProvisioningStatus.ERROR : ProvisioningStatus.ACTIVE,
                i % 4 == 0 ? OperatingStatus.OFFLINE : OperatingStatus.ONLINE,
                i % 7 == 0 ? List.of("blue", "prod") : i % 7 == 1 ? List.of("blue") : List.of(),
                BEGIN.plusSeconds(i / 3 % 5),
                null,
                0);
    }
}
