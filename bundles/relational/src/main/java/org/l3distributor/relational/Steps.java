// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.relational;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/**
 * The statements of one version where each commits by itself (MariaDB): counted, so that a run after a kill goes on
 * where the last one was. Whether the statement in whose middle the process died was done isn't known (a statement
 * itself is atomic there): it alone is repeated, and it alone may find that what it makes is there.
 */
final class Steps {
    /** Table exists, duplicate column, duplicate key name, duplicate entry, no such column (renamed or dropped). */
    private static final Set<Integer> DONE_ALREADY = Set.of(1050, 1060, 1061, 1062, 1054, 1091);

    private final Connection connection;
    private final String table;
    private final int version;

    Steps(Connection connection, String table, int version) {
        this.connection = connection;
        this.table = table;
        this.version = version;
    }

    void run(List<String> statements) throws SQLException {
        update("create table if not exists " + table
                + " (version integer not null primary key, step integer not null)");
        boolean doubtful = true;
        int first = step();
        if (first < 0) {
            update("insert into " + table + " (version, step) values (" + version + ", 0)");
            first = 0;
            doubtful = false;
        }
        for (int step = first; step < statements.size(); step++) {
            run(statements.get(step), doubtful);
            doubtful = false;
            update("update " + table + " set step = " + (step + 1) + " where version = " + version);
        }
    }

    private void run(String sql, boolean doubtful) throws SQLException {
        try {
            update(sql);
        } catch (SQLException e) {
            if (!doubtful || !DONE_ALREADY.contains(e.getErrorCode())) {
                throw new SQLException(e.getMessage() + " in: " + sql.strip(), e.getSQLState(), e.getErrorCode(), e);
            }
        }
    }

    /** How many statements are done; -1 when the version was never begun. */
    private int step() throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select step from " + table + " where version = ?")) {
            query.setInt(1, version);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getInt(1) : -1;
            }
        }
    }

    private void update(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
