// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Attributes;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.Rows;

/**
 * One page of a list. The tables compare texts and go from page to page in the order in which things were made, so that a
 * page costs what it shows and not what there is; what they can't say (tags, numbers, other orders) is looked for here.
 *
 * @param id of a row
 * @param views rows as they are listed, as far as filters look at them; some may be left out
 */
record ListPages<T, V>(
        Rows<T> rows, Function<T, String> id, Function<List<T>, List<V>> views, Attributes<V> attributes) {
    /** Rows that are read at once where many may be passed over. */
    private static final int MANY = 500;

    /** Attributes whose text is a column's, where a table has it. */
    private static final Map<String, String> COLUMNS = Map.ofEntries(
            Map.entry("tenant_id", "project_id"),
            Map.entry("loadbalancer_id", "load_balancer_id"),
            Map.entry("flavor_id", "l3d_distributor_id"),
            Map.entry("distributor_id", "l3d_distributor_id"));

    private static final Set<String> SAME = Set.of(
            "id",
            "project_id",
            "name",
            "provisioning_status",
            "operating_status",
            "vip_port_id",
            "vip_subnet_id",
            "vip_network_id",
            "default_pool_id",
            "pool_id",
            "compute_id",
            "status");

    /** Of things that are listed as they are in their table. */
    static <T> ListPages<T, T> of(Rows<T> rows, Function<T, String> id, Attributes<T> attributes) {
        return new ListPages<>(rows, id, Function.identity(), attributes);
    }

    /** @param among the rows that are listed at all */
    Outcome<List<V>> page(ListQuery query, Query among) {
        Query wanted = among;
        boolean exact = query.tags().equals(ListQuery.Tags.NONE);
        for (Map.Entry<String, String> filter : query.filters().entrySet()) {
            String column = column(filter.getKey());
            if (column != null && isText(filter.getValue()) && !wanted.equal().containsKey(column)) {
                wanted = wanted.and(column, filter.getValue());
            } else {
                exact = false;
            }
        }
        return query.sort().isEmpty() && !query.reverse()
                ? asMade(query, wanted, exact)
                : query.page(views.apply(rows.page(wanted)), attributes);
    }

    private @Nullable String column(String attribute) {
        String column = SAME.contains(attribute) ? attribute : COLUMNS.get(attribute);
        return column != null && rows.fields().contains(column) ? column : null;
    }

    /** Empty and {@code None} also stand for what a row hasn't, and no table takes control characters. */
    private static boolean isText(String value) {
        return !value.isEmpty() && !value.equals("None") && value.chars().noneMatch(Character::isISOControl);
    }

    private Outcome<List<V>> asMade(ListQuery query, Query wanted, boolean exact) {
        String marker = query.marker();
        if (marker != null
                && (!isText(marker) || matching(query, wanted.and("id", marker)).isEmpty())) {
            return query.page(List.of(), attributes); // refuses it
        }
        int size = exact ? query.limit() : Math.max(MANY, query.limit());
        List<V> found = new ArrayList<>();
        boolean more = true;
        while (more && found.size() < query.limit()) {
            List<T> read = rows.page(wanted.by("created_at", true).page(size, marker));
            found.addAll(matching(query, read));
            more = read.size() == size;
            marker = more ? id.apply(read.get(size - 1)) : null;
        }
        return Outcome.done(List.copyOf(found.subList(0, Math.min(found.size(), query.limit()))));
    }

    private List<V> matching(ListQuery query, Query one) {
        return matching(query, rows.page(one));
    }

    private List<V> matching(ListQuery query, List<T> read) {
        return views.apply(read).stream()
                .filter(view -> query.matches(view, attributes))
                .toList();
    }

    /** The parts of many, by whose they are, each in the order of their making. */
    static <P> Map<String, List<P>> parts(
            Rows<P> rows, String column, Function<P, @Nullable String> owner, List<String> owners) {
        List<P> all = new ArrayList<>();
        for (int from = 0; from < owners.size(); from += MANY) {
            List<String> some = owners.subList(from, Math.min(from + MANY, owners.size()));
            all.addAll(rows.page(Query.among(column, some).by("created_at", true)));
        }
        return all.stream().collect(Collectors.groupingBy(part -> String.valueOf(owner.apply(part))));
    }
}
