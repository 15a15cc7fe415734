// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.persistence.EntityManager;
import javax.persistence.PersistenceException;
import org.l3distributor.relational.Dialect;

/** What JPQL can't say: claims that pass over locked rows, batches, and the database's clock. */
final class Sql {
    private final EntityManager em;
    private final Dialect dialect;

    Sql(EntityManager em, Dialect dialect) {
        this.em = em;
        this.dialect = dialect;
    }

    /** What is done on the transaction's own connection. */
    interface Statements<T> {
        T run(Connection connection) throws SQLException;
    }

    <T> T run(Statements<T> statements) {
        em.flush();
        try {
            return statements.run(em.unwrap(Connection.class));
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    /**
     * Selects ids and locks their rows, passing over those that another transaction has locked. SQLite has one writer
     * at a time, which locks all.
     */
    List<String> claim(String select, Object... parameters) {
        String sql = dialect == Dialect.SQLITE ? select : select + " for update skip locked";
        return run(connection -> {
            List<String> ids = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        ids.add(rows.getString(1));
                    }
                }
            }
            return ids;
        });
    }

    /** The database's clock. */
    Instant now() {
        String sql = switch (dialect) {
            case SQLITE -> "select cast((julianday('now') - 2440587.5) * 86400000 as integer)";
            case POSTGRESQL -> "select cast(floor(extract(epoch from clock_timestamp()) * 1000) as bigint)";
            case MARIADB -> "select cast(floor(unix_timestamp(sysdate(3)) * 1000) as signed)";
        };
        return run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql);
                    ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("no answer to: " + sql);
                }
                return Instant.ofEpochMilli(row.getLong(1));
            }
        });
    }

    /** An insert that leaves a row alone that is there already. */
    String insertAbsent(String insert, String key) {
        return dialect == Dialect.MARIADB
                ? insert.replaceFirst("^insert into", "insert ignore into")
                : insert + " on conflict (" + key + ") do nothing";
    }

    /**
     * An insert that adds to the row where it is there already.
     *
     * @param added columns that grow by the new value
     * @param replaced the column that becomes the new value
     */
    String insertOrAdd(String insert, String table, String key, List<String> added, String replaced) {
        boolean mariadb = dialect == Dialect.MARIADB;
        List<String> sets = new ArrayList<>();
        for (String column : added) {
            sets.add(column + " = " + table + "." + column + " + " + fresh(column));
        }
        sets.add(replaced + " = " + fresh(replaced));
        return insert
                + (mariadb ? " on duplicate key update " : " on conflict (" + key + ") do update set ")
                + String.join(", ", sets);
    }

    private String fresh(String column) {
        return dialect == Dialect.MARIADB ? "values(" + column + ")" : "excluded." + column;
    }
}
