// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.relational.Dialect;
import org.l3distributor.relational.DriverDataSource;
import org.l3distributor.relational.Faults;
import org.l3distributor.relational.Migrations;
import org.l3distributor.relational.NativeLibrary;

/** The database, migrated, behind a pool. */
final class Database implements AutoCloseable {
    /** The schema that this code knows; V1.sql .. lie beside this class. */
    static final int LATEST = 6;

    /** Where its version is recorded. */
    static final String VERSIONS = "l3d_schema_version";

    private static final int POOL_WAIT_MS = 3000;

    private final Settings settings;
    private final HikariDataSource pool;
    private final Migrations.Result schema;

    private Database(Settings settings, HikariDataSource pool, Migrations.Result schema) {
        this.settings = settings;
        this.pool = pool;
        this.schema = schema;
    }

    static Database open(Settings settings) throws StoreException {
        try {
            if (settings.dialect() == Dialect.SQLITE) {
                provide(Path.of(settings.file()).toAbsolutePath().resolveSibling(""));
            }
            DataSource source = source(settings);
            Migrations.Result schema = migrate(source, settings);
            importInto(source, settings);
            return new Database(settings, pool(source, settings), schema);
        } catch (SQLException | IOException | RuntimeException e) {
            throw fault("open", settings, e);
        }
    }

    static DataSource source(Settings settings) throws SQLException {
        return new DriverDataSource(Drivers.of(settings.dialect()), settings.url(), settings.properties());
    }

    private static Migrations.Result migrate(DataSource source, Settings settings) throws SQLException, IOException {
        try (Connection connection = source.getConnection()) {
            int foreign = OctaviaSchema.foreign(connection, settings.takeOver());
            return new Migrations(Database.class, VERSIONS, LATEST).run(connection, settings.dialect(), foreign);
        }
    }

    private static void importInto(DataSource source, Settings settings) throws StoreException {
        Settings octavia = settings.octavia();
        if (octavia == null) {
            return;
        }
        try (Connection from = source(octavia).getConnection();
                Connection to = source.getConnection()) {
            Map<String, Integer> copied = OctaviaImport.run(from, to);
            if (!copied.isEmpty()) {
                StoreLog.imported(octavia, copied);
            }
        } catch (SQLException e) {
            throw new StoreException(
                    "import from " + octavia.shown() + " into " + settings.shown() + ": " + Faults.reason(e), e);
        }
    }

    private static void provide(Path directory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        NativeLibrary.provide(directory, fault -> StoreLog.nativeNotStored(directory, fault));
    }

    private static HikariDataSource pool(DataSource source, Settings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("controller-store");
        config.setDataSource(source);
        config.setConnectionTimeout(POOL_WAIT_MS);
        if (settings.dialect() == Dialect.SQLITE) {
            config.setMaximumPoolSize(1); // one writer at a time; several would starve each other
            config.setMaxLifetime(0);
        } else {
            config.setMaximumPoolSize(settings.connections());
            config.setMinimumIdle(1);
            if (settings.dialect() == Dialect.POSTGRESQL) { // dates go as text, and a column may have a zone
                config.setConnectionInitSql("set time zone 'UTC'");
            }
            // each statement sees what others have committed; what is decided on is locked
            config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        }
        return new HikariDataSource(config);
    }

    static StoreException fault(String attempted, Settings settings, Throwable fault) {
        return new StoreException(attempted + " in " + settings.shown() + ": " + Faults.reason(fault), fault);
    }

    Settings settings() {
        return settings;
    }

    Dialect dialect() {
        return settings.dialect();
    }

    DataSource pool() {
        return pool;
    }

    Migrations.Result schema() {
        return schema;
    }

    /** As in the appliance's store: after a failure SQLite and its driver may think differently of the transaction. */
    void renewConnection() {
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    @Override
    public void close() {
        pool.close();
    }
}
