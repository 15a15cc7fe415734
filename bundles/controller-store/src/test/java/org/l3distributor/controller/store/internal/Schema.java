// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a database says of itself, in words that are the same for all. */
final class Schema {
    private Schema() {}

    static Connection connect(Settings settings) throws SQLException {
        return Database.source(settings).getConnection();
    }

    /** {@code varchar(36) not null} by column. */
    static Map<String, String> columns(Connection connection, String table) throws SQLException {
        Map<String, String> columns = new TreeMap<>();
        try (ResultSet rows =
                connection.getMetaData().getColumns(connection.getCatalog(), connection.getSchema(), table, "%")) {
            while (rows.next()) {
                boolean nullable = rows.getInt("NULLABLE") == DatabaseMetaData.columnNullable;
                columns.put(
                        rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT),
                        type(rows) + (nullable ? "" : " not null"));
            }
        }
        return columns;
    }

    private static String type(ResultSet column) throws SQLException {
        String name = column.getString("TYPE_NAME").toLowerCase(Locale.ROOT).replaceAll("\\(.*", "");
        return switch (name) {
            case "varchar" -> "varchar(" + column.getInt("COLUMN_SIZE") + ")";
            case "bool", "boolean", "bit", "tinyint" -> "boolean";
            case "int", "int4", "integer", "serial" -> "integer";
            case "bigint", "int8" -> "bigint";
            case "datetime", "timestamp" -> "datetime";
            case "blob", "bytea" -> "blob";
            case "float", "float8", "double precision", "double" -> "float";
            case "text", "longtext", "mediumtext" -> "text";
            default -> name;
        };
    }

    /** {@code (columns) -> table (columns)} of every foreign key. */
    static Set<String> foreignKeys(Connection connection, String table) throws SQLException {
        Map<String, List<String>> from = new TreeMap<>();
        Map<String, String> to = new TreeMap<>();
        try (ResultSet rows =
                connection.getMetaData().getImportedKeys(connection.getCatalog(), connection.getSchema(), table)) {
            while (rows.next()) {
                String key = rows.getString("FKCOLUMN_NAME").toLowerCase(Locale.ROOT);
                from.computeIfAbsent(key, k -> new ArrayList<>()).add(key);
                to.put(key, rows.getString("PKTABLE_NAME").toLowerCase(Locale.ROOT));
            }
        }
        Set<String> keys = new TreeSet<>();
        from.forEach((key, columns) -> keys.add(String.join(",", columns) + " -> " + to.get(key)));
        return keys;
    }

    static Set<String> primaryKey(Connection connection, String table) throws SQLException {
        Set<String> columns = new TreeSet<>();
        try (ResultSet rows =
                connection.getMetaData().getPrimaryKeys(connection.getCatalog(), connection.getSchema(), table)) {
            while (rows.next()) {
                columns.add(rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
            }
        }
        return columns;
    }

    /** Every row as text, column by column, in no order. */
    static List<Map<String, String>> rows(Connection connection, String table) throws SQLException {
        List<Map<String, String>> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + table)) {
            ResultSetMetaData columns = rows.getMetaData();
            while (rows.next()) {
                Map<String, String> row = new TreeMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.put(columns.getColumnLabel(i).toLowerCase(Locale.ROOT), text(rows, i));
                }
                all.add(row);
            }
        }
        return all;
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        String text = rows.getString(column);
        // a widened date shows its fraction
        return text == null ? "null" : text.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d)\\.0+$", "$1");
    }
}
