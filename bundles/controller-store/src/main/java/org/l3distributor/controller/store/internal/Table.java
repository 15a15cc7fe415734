// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.persistence.EntityManager;
import javax.persistence.LockModeType;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.Rows;

/**
 * A table of rows with id and version, and the rows of other tables that are part of them. Everything is sent at once:
 * what contradicts other rows is told there, and in the order in which it was done.
 */
abstract class Table<T, R extends VersionedRow> implements Rows<T> {
    final EntityManager em;
    private final Class<R> type;
    private final Supplier<R> fresh;
    private final Columns columns;

    Table(EntityManager em, Class<R> type, Supplier<R> fresh) {
        this.em = em;
        this.type = type;
        this.fresh = fresh;
        this.columns = new Columns(type);
    }

    abstract String id(T value);

    abstract long version(T value);

    abstract void write(R row, T value);

    /** Values with their parts, in the same order. */
    abstract List<T> values(List<R> rows);

    /** Makes the rows that are part of the value equal to it. */
    void writeParts(T value) {}

    void deleteParts(String id) {}

    /** Conditions for what a query may name besides the columns. */
    Map<String, String> further() {
        return Map.of();
    }

    @Override
    public Set<String> fields() {
        Set<String> all = new HashSet<>(columns.names());
        all.addAll(further().keySet());
        return Set.copyOf(all);
    }

    @Override
    public Optional<T> find(String id) {
        return value(em.find(type, id));
    }

    /** Whoever waits here waits for others' changes: what was read before is read again, as they left it. */
    @Override
    public Optional<T> lock(String id) {
        em.flush();
        em.clear();
        return value(locked(id));
    }

    private @Nullable R locked(String id) {
        return em.find(type, id, LockModeType.PESSIMISTIC_WRITE);
    }

    private Optional<T> value(@Nullable R row) {
        return row == null ? Optional.empty() : Optional.of(values(List.of(row)).get(0));
    }

    @Override
    public List<T> page(Query query) {
        return values(new Pages<>(em, type, columns, "id").page(query, further()));
    }

    @Override
    public void insert(T value) {
        R row = fresh.get();
        row.id = id(value);
        write(row, value);
        em.persist(row);
        em.flush();
        writeParts(value);
        em.flush();
    }

    @Override
    public boolean update(T expected, T next) {
        if (!id(expected).equals(id(next))) {
            throw new IllegalArgumentException("another id: " + id(expected) + " and " + id(next));
        }
        R row = locked(id(expected)); // waits for whoever is changing it, and then sees what became of it
        if (row == null || row.version != version(expected)) {
            return false;
        }
        write(row, next);
        row.version++;
        writeParts(next);
        em.flush();
        return true;
    }

    @Override
    public boolean delete(String id) {
        R row = locked(id);
        if (row == null) {
            return false;
        }
        deleteParts(id);
        em.flush();
        em.remove(row);
        em.flush();
        return true;
    }
}
