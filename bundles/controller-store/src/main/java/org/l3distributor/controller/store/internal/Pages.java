// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.persistence.EntityManager;
import javax.persistence.TypedQuery;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.store.Query;

/** Makes JPQL of a {@link Query}. The page after a marker is found by the marker's own values, not by counting. */
final class Pages<R> {
    private final EntityManager em;
    private final Class<R> type;
    private final Columns columns;
    private final String key;

    /** @param key the attribute that is the key */
    Pages(EntityManager em, Class<R> type, Columns columns, String key) {
        this.em = em;
        this.type = type;
        this.columns = columns;
        this.key = key;
    }

    /**
     * The page's rows.
     *
     * @param further conditions by column, for those that the table hasn't; the parameter is named as the column
     */
    List<R> page(Query query, Map<String, String> further) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        List<String> conditions = new ArrayList<>();
        query.equal().forEach((column, text) -> {
            if (further.containsKey(column)) {
                conditions.add(further.get(column));
                parameters.put(column, text);
            } else {
                conditions.add("e." + columns.attribute(column) + " = :" + column);
                parameters.put(column, columns.parse(column, text));
            }
        });
        query.among().forEach((column, values) -> {
            conditions.add("e." + columns.attribute(column) + " in :among_" + column);
            parameters.put("among_" + column, values);
        });
        if (query.among().containsValue(Set.<String>of())) {
            return List.of(); // not every database takes an empty list
        }
        String marker = query.marker();
        if (marker != null) {
            R row = em.find(type, marker);
            if (row == null) {
                return List.of();
            }
            conditions.add(after(query.order(), row, marker, parameters));
        }
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        TypedQuery<R> found =
                em.createQuery("select e from " + type.getSimpleName() + " e" + where + order(query.order()), type);
        parameters.forEach(found::setParameter);
        if (query.limit() != Integer.MAX_VALUE) {
            found.setMaxResults(query.limit());
        }
        return found.getResultList();
    }

    private String order(List<Query.Order> order) {
        List<String> parts = new ArrayList<>();
        for (Query.Order one : order) {
            String attribute = "e." + columns.attribute(one.field());
            String direction = one.ascending() ? " asc" : " desc";
            // databases differ in where a null comes
            parts.add("case when " + attribute + " is null then 0 else 1 end" + direction);
            parts.add(attribute + direction);
        }
        parts.add("e." + key + " asc");
        return " order by " + String.join(", ", parts);
    }

    /** The rows after the marker: greater in the first column, or equal there and greater in the second, and so on. */
    private String after(List<Query.Order> order, R row, String marker, Map<String, Object> parameters) {
        List<String> alternatives = new ArrayList<>();
        StringBuilder equalSoFar = new StringBuilder();
        for (int i = 0; i < order.size(); i++) {
            String attribute = "e." + columns.attribute(order.get(i).field());
            @Nullable Object value = columns.value(order.get(i).field(), row);
            String name = "after" + i;
            if (value != null) {
                parameters.put(name, value);
            }
            alternatives.add(equalSoFar
                    + greater(attribute, name, value == null, order.get(i).ascending()));
            equalSoFar
                    .append(value == null ? attribute + " is null" : attribute + " = :" + name)
                    .append(" and ");
        }
        parameters.put("marker", marker);
        alternatives.add(equalSoFar + "e." + key + " > :marker");
        return "((" + String.join(") or (", alternatives) + "))";
    }

    private static String greater(String attribute, String name, boolean isNull, boolean ascending) {
        if (isNull) {
            return ascending ? attribute + " is not null" : "1 = 0";
        }
        return ascending
                ? attribute + " > :" + name
                : "(" + attribute + " < :" + name + " or " + attribute + " is null)";
    }
}
