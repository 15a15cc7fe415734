// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.l3distributor.controller.core.internal.run.Snapshots;
import org.l3distributor.controller.store.internal.DatabaseServers;
import org.l3distributor.controller.store.internal.StoreOn;
import org.l3distributor.distributor.controller.Attributes;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.Transaction;
import org.l3distributor.distributor.store.contract.MemoryStore;
import org.l3distributor.relational.Dialect;

@ExtendWith(DatabaseServers.class)
class ListsTest {
    private static final int SOME = 31;

    private static Services services(ControllerStore store) {
        return new Services(store, Optional::empty, Runnable::run, () -> {}, 3);
    }

    @ParameterizedTest
    @EnumSource
    void aPage_isTheOneOfTheWholeList_whateverIsAskedFor(Dialect dialect) throws Exception {
        try (StoreOn on = StoreOn.fresh(dialect)) {
            compare(on.store());
        }
    }

    @Test
    void aPage_isTheOneOfTheWholeList_inMemoryToo() throws Exception {
        compare(new MemoryStore(Clock.systemUTC()));
    }

    private static void compare(ControllerStore store) throws Exception {
        Crowd.fill(store, 0, SOME);
        Services of = services(store);
        List<LoadBalancerTree> trees = store.in(tx -> tx.loadBalancers().page(Query.all()).stream()
                .map(lb -> Snapshots.tree(tx, lb))
                .toList());
        compare(
                trees.stream().map(LoadBalancerTree::view).toList(),
                Attributes.LOAD_BALANCERS,
                of.loadBalancers()::list,
                with(
                        common(1),
                        "vip_address=203.0.0.7",
                        "vip_port_id=port&limit=2",
                        "vip_subnet_id=nobody",
                        "provider=octavia&limit=3",
                        "flavor_id=None&limit=2"));
        compare(
                trees.stream()
                        .flatMap(tree -> tree.pools().stream().map(tree::view))
                        .toList(),
                Attributes.POOLS,
                of.pools()::list,
                with(
                        common(3),
                        "loadbalancer_id=" + Crowd.id(1, 8),
                        "healthmonitor_id=" + Crowd.id(6, 9),
                        "lb_algorithm=ROUND_ROBIN&limit=4"));
        compare(
                store.in(tx -> tx.listeners().page(Query.all())),
                Attributes.LISTENERS,
                of.listeners()::list,
                with(
                        common(2),
                        "loadbalancer_id=" + Crowd.id(1, 8),
                        "default_pool_id=" + Crowd.id(3, 9),
                        "default_pool_id=&limit=2",
                        "protocol_port=81&limit=3"));
        compare(
                store.in(tx -> tx.monitors().page(Query.all())),
                Attributes.HEALTH_MONITORS,
                of.healthMonitors()::list,
                with(common(6), "pool_id=" + Crowd.id(3, 9), "type=HTTP&limit=3"));
        String pool = Crowd.id(3, 5);
        compare(
                store.in(tx -> tx.members().page(Query.where("pool_id", pool))),
                Attributes.MEMBERS,
                query -> of.members().list(pool, query),
                with(common(4), "address=192.0.2.12", "marker=" + Crowd.id(4, 10), "marker=" + Crowd.id(4, 12)));
        compare(
                store.in(tx -> tx.amphorae().page(Query.all()).stream()
                        .filter(a -> a.status() != ProvisioningStatus.DELETED)
                        .map(a -> Amphorae.view(tx, a))
                        .toList()),
                Attributes.AMPHORAE,
                of.amphorae()::list,
                List.of(
                        "",
                        "limit=3",
                        "limit=3&marker=" + Crowd.amphora(8),
                        "limit=3&marker=" + Crowd.amphora(9),
                        "loadbalancer_id=" + Crowd.id(1, 8),
                        "status=ALLOCATED&limit=4",
                        "status=DELETED",
                        "sort=lb_network_ip:desc&limit=4",
                        "compute_id=compute-" + Crowd.amphora(8)));
    }

    private static List<String> common(int kind) {
        return List.of(
                "",
                "limit=3",
                "limit=3&marker=" + Crowd.id(kind, 4),
                "limit=4&page_reverse=True&marker=" + Crowd.id(kind, 11),
                "limit=4&page_reverse=True",
                "marker=nobody",
                "marker=a\u0000b",
                "name=web",
                "name=web&limit=2",
                "name=web&limit=2&marker=" + Crowd.id(kind, 5),
                "name=web&limit=2&marker=" + Crowd.id(kind, 4),
                "name=&limit=3",
                "name=None",
                "name=a\u0000b",
                "name=%25",
                "project_id=p1&limit=3",
                "tenant_id=p1&limit=3&marker=" + Crowd.id(kind, 4),
                "tenant_id=p1&project_id=p2",
                "id=" + Crowd.id(kind, 6),
                "id=" + Crowd.id(kind, 6) + "&marker=" + Crowd.id(kind, 4),
                "id=" + Crowd.id(kind, 6) + "&marker=" + Crowd.id(kind, 6),
                "sort=name:desc&limit=5",
                "sort=name:asc,operating_status:desc&limit=5&marker=" + Crowd.id(kind, 7),
                "sort=created_at:desc&limit=5",
                "tags=blue",
                "tags=blue,prod&limit=2",
                "not-tags=blue&limit=3&marker=" + Crowd.id(kind, 3),
                "not-tags-any=blue&name=web",
                "admin_state_up=true&limit=3",
                "provisioning_status=ERROR&limit=2",
                "operating_status=ONLINE&name=Web",
                "created_at=2026-11-01T10:00:02Z&limit=2");
    }

    private static List<String> with(List<String> queries, String... more) {
        List<String> all = new ArrayList<>(queries);
        all.addAll(List.of(more));
        return all;
    }

    private static <V> void compare(
            List<V> all,
            Attributes<V> attributes,
            Function<ListQuery, CompletionStage<Outcome<List<V>>>> list,
            List<String> queries)
            throws Exception {
        for (String text : queries) {
            ListQuery query = query(text, attributes);
            assertThat(list.apply(query).toCompletableFuture().get(30, TimeUnit.SECONDS))
                    .as(text)
                    .isEqualTo(query.page(all, attributes));
        }
    }

    private static ListQuery query(String text, Attributes<?> attributes) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String part : text.isEmpty() ? List.<String>of() : List.of(text.split("&"))) {
            int equals = part.indexOf('=');
            parameters.put(part.substring(0, equals), List.of(part.substring(equals + 1)));
        }
        return ((Outcome.Done<ListQuery>) ListQuery.read(parameters, attributes.names(), 1000)).value();
    }

    @Test
    void whatIsRare_isFound_howeverManyRowsLieBetween() throws Exception {
        MemoryStore store = new MemoryStore(Clock.systemUTC());
        Crowd.fill(store, 0, 1_300);
        List<LoadBalancerTree> trees = store.in(tx -> tx.loadBalancers().page(Query.all()).stream()
                .map(lb -> Snapshots.tree(tx, lb))
                .toList());
        compare(
                trees.stream().map(LoadBalancerTree::view).toList(),
                Attributes.LOAD_BALANCERS,
                services(store).loadBalancers()::list,
                List.of("vip_address=203.0.5.20&limit=1", "tags=prod&limit=150", "tags=prod&limit=7&name=WEB", ""));
    }

    /** A page of one project's things costs as much among hundreds as among a few. */
    @Test
    void aPage_readsAsMuch_howeverMuchThereIs() throws Exception {
        MemoryStore tables = new MemoryStore(Clock.systemUTC());
        Crowd.fill(tables, 0, 40);
        Map<String, Reads> few = costs(tables);
        Crowd.fill(tables, 40, 400);
        assertThat(costs(tables)).isEqualTo(few);
        assertThat(few.values()).allSatisfy(reads -> {
            assertThat(reads.questions()).isLessThanOrEqualTo(20);
            assertThat(reads.rows()).isBetween(1L, 50L);
        });
    }

    private static Map<String, Reads> costs(ControllerStore tables) throws Exception {
        Map<String, Reads> costs = new LinkedHashMap<>();
        for (String page : List.of("limit=5", "limit=5&project_id=p1&marker=" + Crowd.id(9, 4))) {
            cost(
                    costs,
                    tables,
                    page.replace(Crowd.id(9, 4), Crowd.id(1, 4)),
                    Attributes.LOAD_BALANCERS,
                    s -> s.loadBalancers()::list);
            cost(costs, tables, page.replace(Crowd.id(9, 4), Crowd.id(3, 4)), Attributes.POOLS, s -> s.pools()::list);
            cost(
                    costs,
                    tables,
                    page.replace(Crowd.id(9, 4), Crowd.id(2, 4)),
                    Attributes.LISTENERS,
                    s -> s.listeners()::list);
            cost(
                    costs,
                    tables,
                    page.replace(Crowd.id(9, 4), Crowd.id(6, 4)),
                    Attributes.HEALTH_MONITORS,
                    s -> s.healthMonitors()::list);
        }
        cost(costs, tables, "name=web&limit=5", Attributes.LOAD_BALANCERS, s -> s.loadBalancers()::list);
        cost(costs, tables, "id=" + Crowd.id(3, 7), Attributes.POOLS, s -> s.pools()::list);
        cost(costs, tables, "limit=5", Attributes.AMPHORAE, s -> s.amphorae()::list);
        cost(costs, tables, "loadbalancer_id=" + Crowd.id(1, 7), Attributes.AMPHORAE, s -> s.amphorae()::list);
        return costs;
    }

    private static <V> void cost(
            Map<String, Reads> costs,
            ControllerStore tables,
            String text,
            Attributes<V> attributes,
            Function<Services, Function<ListQuery, CompletionStage<Outcome<List<V>>>>> list)
            throws Exception {
        Counting counting = new Counting(tables);
        Outcome<List<V>> page = list.apply(services(counting))
                .apply(query(text, attributes))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        assertThat(((Outcome.Done<List<V>>) page).value()).as(text).isNotEmpty();
        costs.put(attributes.names().size() + " attributes, " + text, counting.reads());
    }

    private record Reads(long questions, long rows) {}

    /** Tables that count what they are asked, and the rows that they give. */
    private static final class Counting implements ControllerStore {
        private final ControllerStore tables;
        private long questions;
        private long rows;

        Counting(ControllerStore tables) {
            this.tables = tables;
        }

        Reads reads() {
            return new Reads(questions, rows);
        }

        @Override
        public <T> T in(Work<T> work) throws StoreException {
            return tables.in(tx -> work.with(counted(Transaction.class, tx, true)));
        }

        private <T> T counted(Class<T> type, Object on, boolean isTransaction) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        Object answer;
                        try {
                            answer = method.invoke(on, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                        if (isTransaction && method.getReturnType().isInterface()) {
                            return counted(method.getReturnType(), answer, false);
                        }
                        if (!method.getName().equals("fields")) {
                            questions++;
                            rows += answer instanceof Collection<?> many ? many.size() : 1;
                        }
                        return answer;
                    }));
        }

        @Override
        public AutoCloseable listen(Consumer<Boolean> listener) {
            return tables.listen(listener);
        }
    }
}
