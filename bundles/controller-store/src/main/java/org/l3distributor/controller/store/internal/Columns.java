// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.persistence.Column;

/** The columns of a row's class: what a query may name, and which attribute of which type that is. */
final class Columns {
    private final Map<String, Field> fields = new LinkedHashMap<>();

    Columns(Class<?> row) {
        for (Class<?> type = row; type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                Column column = field.getAnnotation(Column.class);
                if (column != null) {
                    fields.put(column.name(), field);
                }
            }
        }
    }

    Set<String> names() {
        return Set.copyOf(fields.keySet());
    }

    boolean has(String column) {
        return fields.containsKey(column);
    }

    String attribute(String column) {
        return field(column).getName();
    }

    private Field field(String column) {
        Field field = fields.get(column);
        if (field == null) {
            throw new IllegalArgumentException("no column " + column + ", there are " + fields.keySet());
        }
        return field;
    }

    /** The text as a value of the column's type. */
    Object parse(String column, String text) {
        Class<?> type = field(column).getType();
        if (type == String.class) {
            return text;
        }
        if (type == boolean.class || type == Boolean.class) {
            return Boolean.valueOf(text);
        }
        if (type == int.class || type == Integer.class) {
            return Integer.valueOf(text);
        }
        if (type == long.class || type == Long.class) {
            return Long.valueOf(text);
        }
        if (type == Double.class) {
            return Double.valueOf(text);
        }
        throw new IllegalArgumentException("column " + column + " can't be asked for");
    }

    Object value(String column, Object row) {
        try {
            return field(column).get(row);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // the fields are this package's
        }
    }
}
