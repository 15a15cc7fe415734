// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import javax.persistence.EntityManager;

/** A table whose rows have no parts. */
class PlainTable<T, R extends VersionedRow> extends Table<T, R> {
    private final Function<T, String> id;
    private final ToLongFunction<T> version;
    private final BiConsumer<R, T> write;
    private final Function<R, T> value;

    PlainTable(
            EntityManager em,
            Class<R> type,
            Supplier<R> fresh,
            Function<T, String> id,
            ToLongFunction<T> version,
            BiConsumer<R, T> write,
            Function<R, T> value) {
        super(em, type, fresh);
        this.id = id;
        this.version = version;
        this.write = write;
        this.value = value;
    }

    @Override
    String id(T one) {
        return id.apply(one);
    }

    @Override
    long version(T one) {
        return version.applyAsLong(one);
    }

    @Override
    void write(R row, T one) {
        write.accept(row, one);
    }

    @Override
    List<T> values(List<R> rows) {
        return rows.stream().map(value).toList();
    }
}
