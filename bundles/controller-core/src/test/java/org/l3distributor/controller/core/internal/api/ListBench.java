// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.l3distributor.controller.store.internal.DatabaseServers;
import org.l3distributor.controller.store.internal.StoreOn;
import org.l3distributor.distributor.controller.Attributes;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.relational.Dialect;

/**
 * What lists take among many load balancers ({@link Crowd}), on a database of its own: prints the median and the longest of
 * some calls, after a warming up. Not a test; see the README.
 */
final class ListBench {
    private ListBench() {}

    /** Usage: LOADBALANCERS sqlite|postgresql CALLS. */
    public static void main(String[] arguments) throws Exception {
        int loadBalancers = Integer.parseInt(arguments[0]);
        int calls = Integer.parseInt(arguments[2]);
        try (StoreOn on = StoreOn.fresh(Dialect.valueOf(arguments[1].toUpperCase(Locale.ROOT)))) {
            Crowd.fill(on.store(), 0, loadBalancers);
            on.store()
                    .run(tx -> tx.loadBalancers()
                            .insert(Things.loadBalancer(Crowd.id(1, loadBalancers), "the-one", "203.0.250.1")));
            Services services = new Services(on.store(), Optional::empty, Runnable::run, () -> {}, 3);
            var names = Attributes.LOAD_BALANCERS.names();
            for (Map<String, List<String>> asked : List.of(
                    Map.of("name", List.of("the-one")),
                    Map.of("limit", List.of("20")),
                    Map.<String, List<String>>of())) {
                ListQuery query = ((Outcome.Done<ListQuery>) ListQuery.read(asked, names, 1000)).value();
                measure("load balancers " + asked, calls, query, services.loadBalancers()::list);
            }
            measure("pools {limit=20}", calls, ListQuery.all(20), services.pools()::list);
            measure("amphorae {limit=20}", calls, ListQuery.all(20), services.amphorae()::list);
            Function<ListQuery, CompletionStage<Outcome<List<Listener>>>> listeners = services.listeners()::list;
            measure("listeners {limit=20}", calls, ListQuery.all(20), listeners);
        } finally {
            DatabaseServers.closeAll();
        }
    }

    private static <T> void measure(
            String what, int calls, ListQuery query, Function<ListQuery, CompletionStage<Outcome<List<T>>>> list)
            throws Exception {
        long[] nanos = new long[calls];
        int rows = 0;
        for (int i = -calls / 4; i < calls; i++) {
            long begin = System.nanoTime();
            Outcome<List<T>> page = list.apply(query).toCompletableFuture().get();
            if (i >= 0) {
                nanos[i] = System.nanoTime() - begin;
            }
            rows = ((Outcome.Done<List<T>>) page).value().size();
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-40s %5d rows: median %8.1f ms, longest %8.1f ms%n",
                what,
                rows,
                nanos[calls / 2] / 1e6,
                nanos[calls - 1] / 1e6);
    }
}
