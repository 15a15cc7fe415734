// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rows, in which order, and how many.
 *
 * @param equal column to value; all must hold. Booleans are {@code true} and {@code false}
 * @param among text column to values, of which the row has one; none: there is no such row
 * @param order by these, and last by the key
 * @param limit at most so many, at least 1
 * @param marker the id of the row after which the page begins, null = the first page. One that isn't there (any more)
 *     gives an empty page
 */
public record Query(
        Map<String, String> equal,
        Map<String, Set<String>> among,
        List<Order> order,
        int limit,
        @Nullable String marker) {
    public Query {
        equal = Map.copyOf(equal);
        among = Map.copyOf(among);
        order = List.copyOf(order);
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, got " + limit);
        }
    }

    /** A column, up or down. A null comes before all else, as does an empty text. */
    public record Order(String field, boolean ascending) {}

    /** Every row, by key. */
    public static Query all() {
        return new Query(Map.of(), Map.of(), List.of(), Integer.MAX_VALUE, null);
    }

    public static Query where(String field, String value) {
        return all().and(field, value);
    }

    public Query and(String field, String value) {
        Map<String, String> more = new LinkedHashMap<>(equal);
        more.put(field, value);
        return new Query(more, among, order, limit, marker);
    }

    /** Those that have one of these values; at most some hundreds of them at once. */
    public static Query among(String field, Collection<String> values) {
        return new Query(Map.of(), Map.of(field, Set.copyOf(values)), List.of(), Integer.MAX_VALUE, null);
    }

    public Query by(String field, boolean ascending) {
        List<Order> more = new ArrayList<>(order);
        more.add(new Order(field, ascending));
        return new Query(equal, among, more, limit, marker);
    }

    public Query page(int size, @Nullable String after) {
        return new Query(equal, among, order, size, after);
    }
}
