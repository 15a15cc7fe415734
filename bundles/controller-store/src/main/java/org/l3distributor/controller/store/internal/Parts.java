// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.persistence.EntityManager;

/** Rows that are part of others, read for many of those at once. */
final class Parts {
    private static final int CHUNK = 500;

    private Parts() {}

    /** The rows whose attribute is among the ids, by that id; each list in the order of the second attribute. */
    static <R> Map<String, List<R>> of(
            EntityManager em,
            Class<R> type,
            String attribute,
            String order,
            Function<R, String> owner,
            Collection<String> ids) {
        Map<String, List<R>> parts = new HashMap<>();
        List<String> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += CHUNK) {
            em.createQuery(
                            "select p from " + type.getSimpleName() + " p where p." + attribute + " in :ids order by p."
                                    + order,
                            type)
                    .setParameter("ids", all.subList(from, Math.min(from + CHUNK, all.size())))
                    .getResultList()
                    .forEach(row -> parts.computeIfAbsent(owner.apply(row), id -> new ArrayList<>())
                            .add(row));
        }
        return parts;
    }

    /** Adds and removes rows until they are those that are wanted, without touching what stays. */
    static <K, R> void replace(EntityManager em, Map<K, R> present, Map<K, R> wanted) {
        present.forEach((key, row) -> {
            if (!wanted.containsKey(key)) {
                em.remove(row);
            }
        });
        em.flush(); // before what is new: it may take the same place in a unique index
        wanted.forEach((key, row) -> {
            if (!present.containsKey(key)) {
                em.persist(row);
            }
        });
    }
}
