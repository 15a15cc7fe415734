// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.relational;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The databases that are spoken to, and where they differ. */
public enum Dialect {
    /** In this process; one writer at a time, which locks with its first statement (transaction_mode=IMMEDIATE). */
    SQLITE("org.l3distributor.relational.SqlitePlatform", true, "datetime", "blob"),
    POSTGRESQL("org.eclipse.persistence.platform.database.PostgreSQLPlatform", true, "timestamp", "bytea"),
    /** Commits before and after each statement that changes the schema. */
    MARIADB("org.eclipse.persistence.platform.database.MySQLPlatform", false, "datetime(6)", "blob");

    /** Of the lock that lets one process at a time change a schema; any number that nobody else uses. */
    private static final long LOCK = 0x4C33_4449_5354L;

    private static final int LOCK_SECONDS = 60;

    private final String platform;
    private final boolean transactionalDdl;
    private final String instant;
    private final String bytes;

    Dialect(String platform, boolean transactionalDdl, String instant, String bytes) {
        this.platform = platform;
        this.transactionalDdl = transactionalDdl;
        this.instant = instant;
        this.bytes = bytes;
    }

    /** The name of EclipseLink's platform class. */
    String platform() {
        return platform;
    }

    /** Whether a rollback takes back changes of the schema too. */
    boolean hasTransactionalDdl() {
        return transactionalDdl;
    }

    /** The suffix of files that hold for this dialect alone. */
    String suffix() {
        return switch (this) {
            case SQLITE -> "sqlite";
            case POSTGRESQL -> "postgresql";
            case MARIADB -> "mariadb";
        };
    }

    /** Puts the dialect's types for {@code ${instant}} (a date and time without zone) and {@code ${bytes}}. */
    String types(String sql) {
        return sql.replace("${instant}", instant).replace("${bytes}", bytes);
    }

    /**
     * Waits, at most a minute, until no other process changes the schema. The lock is the connection's: its close
     * gives it back too.
     */
    void lock(Connection connection) throws SQLException {
        switch (this) {
            case SQLITE -> {} // each transaction is the only writer from its begin on
            case POSTGRESQL -> {
                execute(connection, "set lock_timeout = '" + LOCK_SECONDS + "s'");
                execute(connection, "select pg_advisory_lock(" + LOCK + ")");
            }
            case MARIADB -> {
                try (Statement statement = connection.createStatement();
                        ResultSet answer = statement.executeQuery(
                                "select get_lock(concat('l3d-', database()), " + LOCK_SECONDS + ")")) {
                    if (!answer.next() || answer.getInt(1) != 1) {
                        throw new SQLException(
                                "another process has been changing the schema for " + LOCK_SECONDS + " s");
                    }
                }
            }
        }
    }

    void unlock(Connection connection) throws SQLException {
        switch (this) {
            case SQLITE -> {}
            case POSTGRESQL -> execute(connection, "select pg_advisory_unlock(" + LOCK + ")");
            case MARIADB -> execute(connection, "select release_lock(concat('l3d-', database()))");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
