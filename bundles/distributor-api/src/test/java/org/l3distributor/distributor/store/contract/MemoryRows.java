// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store.contract;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.Rows;

/** A table in memory; what it must not contradict is told by those who make it. */
class MemoryRows<T> implements Rows<T> {
    final SortedMap<String, T> rows;
    private final String name;
    private final Function<T, String> id;
    private final ToLongFunction<T> version;
    private final BiFunction<T, Long, T> withVersion;
    private final Map<String, Function<T, Object>> columns = new LinkedHashMap<>();
    private final Set<String> unordered = new HashSet<>();
    private Consumer<T> check = value -> {};
    private Consumer<String> beforeDelete = key -> {};

    MemoryRows(
            String name,
            SortedMap<String, T> rows,
            Function<T, String> id,
            ToLongFunction<T> version,
            BiFunction<T, Long, T> withVersion) {
        this.name = name;
        this.rows = rows;
        this.id = id;
        this.version = version;
        this.withVersion = withVersion;
        column("id", id::apply);
        column("l3d_version", version::applyAsLong);
    }

    /** A column that a query may name; texts, numbers or booleans. */
    MemoryRows<T> column(String column, Function<T, Object> value) {
        columns.put(column, value);
        return this;
    }

    /** A column of another table, which rows can't be ordered by. */
    MemoryRows<T> further(String column, Function<T, Object> value) {
        unordered.add(column);
        return column(column, value);
    }

    MemoryRows<T> checked(Consumer<T> contradictions, Consumer<String> onDelete) {
        check = contradictions;
        beforeDelete = onDelete;
        return this;
    }

    @Override
    public Optional<T> find(String key) {
        return Optional.ofNullable(rows.get(key));
    }

    @Override
    public Optional<T> lock(String key) {
        return find(key);
    }

    @Override
    public Set<String> fields() {
        return Set.copyOf(columns.keySet());
    }

    @Override
    public List<T> page(Query query) {
        Comparator<T> order = order(query);
        T marker = query.marker() == null ? null : rows.get(query.marker());
        if (query.marker() != null && marker == null) {
            return List.of();
        }
        query.equal().keySet().forEach(this::value);
        query.among().keySet().forEach(this::value);
        return rows.values().stream()
                .filter(row -> query.equal().entrySet().stream()
                        .allMatch(e -> e.getValue()
                                .equals(String.valueOf(value(e.getKey()).apply(row)))))
                .filter(row -> query.among().entrySet().stream()
                        .allMatch(e -> e.getValue()
                                .contains(String.valueOf(value(e.getKey()).apply(row)))))
                .filter(row -> marker == null || order.compare(row, marker) > 0)
                .sorted(order)
                .limit(query.limit())
                .toList();
    }

    private Function<T, Object> value(String column) {
        Function<T, Object> value = columns.get(column);
        if (value == null) {
            throw new IllegalArgumentException("no column " + column + ", there are " + columns.keySet());
        }
        return value;
    }

    private Comparator<T> order(Query query) {
        Comparator<T> order = (a, b) -> 0;
        for (Query.Order one : query.order()) {
            if (unordered.contains(one.field())) {
                throw new IllegalArgumentException("no column " + one.field() + " to order by");
            }
            Function<T, Object> value = value(one.field());
            Comparator<T> next = Comparator.comparing(value, Comparator.nullsFirst(MemoryRows::compare));
            order = order.thenComparing(one.ascending() ? next : next.reversed());
        }
        return order.thenComparing(id);
    }

    private static int compare(Object a, Object b) {
        return a instanceof Number x && b instanceof Number y
                ? Double.compare(x.doubleValue(), y.doubleValue())
                : a.toString().compareTo(b.toString());
    }

    @Override
    public void insert(T value) {
        String key = id.apply(value);
        MemoryStore.Contradiction.unless(!rows.containsKey(key), name + " " + key + " is there already");
        check.accept(value);
        rows.put(key, withVersion.apply(value, 0L));
    }

    @Override
    public boolean update(T expected, T next) {
        String key = id.apply(expected);
        if (!key.equals(id.apply(next))) {
            throw new IllegalArgumentException("another id: " + key + " and " + id.apply(next));
        }
        T present = rows.get(key);
        if (present == null || version.applyAsLong(present) != version.applyAsLong(expected)) {
            return false;
        }
        rows.remove(key);
        check.accept(next);
        rows.put(key, withVersion.apply(next, version.applyAsLong(present) + 1));
        return true;
    }

    @Override
    public boolean delete(String key) {
        if (!rows.containsKey(key)) {
            return false;
        }
        beforeDelete.accept(key);
        rows.remove(key);
        return true;
    }
}
