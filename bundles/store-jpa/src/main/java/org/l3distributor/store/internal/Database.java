// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import javax.sql.DataSource;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.relational.Dialect;
import org.l3distributor.relational.DriverDataSource;
import org.l3distributor.relational.Faults;
import org.l3distributor.relational.Migrations;
import org.l3distributor.relational.NativeLibrary;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;

/**
 * The SQLite file, opened, checked and migrated, behind a pool of exactly one connection: SQLite has one writer at a
 * time, and several connections would only starve each other on its lock.
 */
final class Database implements AutoCloseable {
    static final String FILE = "appliance.db";

    /** The schema that this code knows; V1.sql .. lie beside this class. */
    static final int LATEST = 1;

    private static final int POOL_WAIT_MS = 3000;

    private final Path file;
    private final HikariDataSource pool;
    private final int version;

    private Database(Path file, HikariDataSource pool, int version) {
        this.file = file;
        this.pool = pool;
        this.version = version;
    }

    static Database open(Path directory) throws StoreException {
        return open(directory, new Properties());
    }

    /**
     * Makes directory and database when they are absent.
     *
     * @param more further SQLite pragmas by name
     */
    static Database open(Path directory, Properties more) throws StoreException {
        Path file = directory.resolve(FILE);
        makeDirectory(directory);
        provideLibrary(directory);
        DataSource source = source(file, more);
        try (Connection connection = source.getConnection()) {
            check(connection);
            Migrations.Result schema =
                    new Migrations(Database.class, "schema_version", LATEST).run(connection, Dialect.SQLITE);
            if (schema.from() < schema.to()) {
                StoreLog.migrated(schema.from(), schema.to());
            }
            return new Database(file, pool(source), schema.to());
        } catch (SQLException | IOException | RuntimeException e) {
            throw fault("open", file, e);
        }
    }

    private static void provideLibrary(Path directory) throws StoreException {
        try {
            NativeLibrary.provide(directory, fault -> StoreLog.nativeNotStored(directory, fault));
        } catch (IOException e) {
            throw new StoreException(String.valueOf(e.getMessage()), e);
        }
    }

    /** One sentence: what was attempted, on which file, why not. */
    static StoreException fault(String attempted, Path file, Exception fault) {
        return new StoreException(attempted + " in " + file + ": " + Faults.reason(fault), fault);
    }

    /** Readable by its owner alone: the overrides are an operator's business. */
    private static void makeDirectory(Path directory) throws StoreException {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new StoreException("make directory " + directory + ": " + e, e);
        }
    }

    private static DataSource source(Path file, Properties more) {
        Properties pragmas = new Properties();
        pragmas.setProperty("journal_mode", "WAL");
        pragmas.setProperty("synchronous", "FULL"); // one fsync of the log per commit; NORMAL loses at a power cut
        pragmas.setProperty("foreign_keys", "true");
        pragmas.setProperty("busy_timeout", "2000"); // a backup with the sqlite3 tool may hold the lock for a moment
        pragmas.setProperty("transaction_mode", "IMMEDIATE"); // read, then write fails in a deferred one
        pragmas.putAll(more);
        return new DriverDataSource(new JDBC(), "jdbc:sqlite:" + file, pragmas);
    }

    private static HikariDataSource pool(DataSource source) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setDataSource(source);
        config.setMaximumPoolSize(1);
        config.setMaxLifetime(0); // the last connection's close is a checkpoint: not in the middle of the day
        config.setConnectionTimeout(POOL_WAIT_MS);
        return new HikariDataSource(config);
    }

    /** A damaged file is refused here, before anything is announced from it or written into it. */
    private static void check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("pragma quick_check(1)")) {
            String answer = result.next() ? result.getString(1) : "no answer";
            if (!"ok".equals(answer)) {
                throw new SQLException("damaged: " + answer, null, SQLiteErrorCode.SQLITE_CORRUPT.code);
            }
        }
    }

    Path file() {
        return file;
    }

    DataSource source() {
        return pool;
    }

    /**
     * Closes the connection; the next caller gets a fresh one. After a failed transaction: on a full disk SQLite rolls
     * back by itself, the driver doesn't know and would go on in a transaction that isn't there.
     */
    void renewConnection() {
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    /** The schema's version. */
    int version() {
        return version;
    }

    @Override
    public void close() {
        pool.close();
    }
}
