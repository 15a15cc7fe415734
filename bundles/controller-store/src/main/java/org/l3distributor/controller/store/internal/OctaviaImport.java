// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies what Octavia has into a database of ours that has nothing yet, in one transaction. Octavia's stays as it is; the
 * two part from then on.
 */
final class OctaviaImport {
    /** Every table of Octavia's that holds more than words, in an order that foreign keys allow. */
    static final List<String> TABLES = List.of(
            "flavor_profile",
            "flavor",
            "availability_zone_profile",
            "availability_zone",
            "load_balancer",
            "vip",
            "additional_vip",
            "vrrp_group",
            "pool",
            "session_persistence",
            "health_monitor",
            "member",
            "listener",
            "listener_cidr",
            "sni",
            "amphora",
            "amphora_health",
            "amphora_build_request",
            "listener_statistics",
            "tags",
            "quotas");

    private OctaviaImport() {}

    /**
     * Copies if there is nothing yet.
     *
     * @return how many rows of each table; empty when there was something
     * @throws SQLException also when {@code from} isn't a database of a known release of Octavia's, or has what isn't
     *     served here; nothing was copied then
     */
    static Map<String, Integer> run(Connection from, Connection to) throws SQLException {
        if (count(to, "load_balancer") > 0 || count(to, "amphora") > 0) {
            return Map.of();
        }
        OctaviaSchema.refuseUnlessServed(from);
        Map<String, Integer> copied = new LinkedHashMap<>();
        to.setAutoCommit(false); // whatever fails below is rolled back by the close that follows
        for (String table : TABLES) {
            int rows = copy(from, to, table);
            if (count(to, table) != rows) {
                throw new SQLException("import: " + table + " has " + count(to, table) + " rows of " + rows);
            }
            copied.put(table, rows);
        }
        to.commit();
        to.setAutoCommit(true);
        return copied;
    }

    private static int count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private static int copy(Connection from, Connection to, String table) throws SQLException {
        try (Statement query = from.createStatement();
                ResultSet rows = query.executeQuery("select * from " + table)) {
            ResultSetMetaData columns = rows.getMetaData();
            try (PreparedStatement insert = to.prepareStatement(insert(table, columns))) {
                int count = 0;
                while (rows.next()) {
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        set(insert, i, value(rows, i, columns.getColumnType(i)));
                    }
                    insert.executeUpdate();
                    count++;
                }
                return count;
            }
        }
    }

    private static String insert(String table, ResultSetMetaData columns) throws SQLException {
        List<String> names = new ArrayList<>();
        List<String> marks = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String name = columns.getColumnName(i).toLowerCase(Locale.ROOT);
            boolean renamed = table.equals("amphora") && name.startsWith("vrrp_");
            names.add('"' + (renamed ? "frontend_" + name.substring("vrrp_".length()) : name) + '"');
            marks.add("?");
        }
        return "insert into " + table + " (" + String.join(", ", names) + ") values (" + String.join(", ", marks) + ")";
    }

    /** In the form that every database takes: dates as text, flags as such. */
    private static @Nullable Object value(ResultSet rows, int column, int type) throws SQLException {
        Object value = switch (type) {
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> inUtc(rows.getString(column));
            case Types.DATE, Types.TIME -> rows.getString(column);
            case Types.BIT, Types.BOOLEAN, Types.TINYINT -> rows.getBoolean(column);
            case Types.BLOB, Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> rows.getBytes(column);
            default -> rows.getObject(column);
        };
        return rows.wasNull() ? null : value;
    }

    private static @Nullable String inUtc(@Nullable String date) {
        return Dates.nullableText(Dates.nullable(date));
    }

    private static void set(PreparedStatement insert, int column, @Nullable Object value) throws SQLException {
        if (value == null) {
            insert.setNull(column, Types.VARCHAR);
        } else if (value instanceof byte[] bytes) {
            insert.setBytes(column, bytes);
        } else {
            insert.setObject(column, value);
        }
    }
}
