// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings the schema from any earlier version to the present one. One SQL file is one version and one transaction; DDL
 * is transactional in SQLite, so a kill in the middle leaves the version before.
 */
final class Migrations {
    /** The version that this code knows; V1.sql .. Vn.sql lie beside this class. */
    static final int LATEST = 1;

    private Migrations() {}

    /**
     * Runs what is missing and answers the version. After a failure the connection is good for closing only.
     *
     * @throws SQLException also when the schema is newer than this code or a recorded file has another checksum
     */
    static int run(Connection connection) throws SQLException, IOException {
        execute(
                connection,
                "create table if not exists schema_version"
                        + " (version integer not null primary key, checksum varchar(64) not null)");
        Map<Integer, String> done = recorded(connection);
        refuseUnknown(done);
        int from = done.size();
        for (int version = from + 1; version <= LATEST; version++) {
            apply(connection, version);
        }
        if (from < LATEST) {
            StoreLog.migrated(from, LATEST);
        }
        return LATEST;
    }

    private static void refuseUnknown(Map<Integer, String> done) throws SQLException, IOException {
        for (Map.Entry<Integer, String> entry : done.entrySet()) {
            int version = entry.getKey();
            if (version > LATEST) {
                throw new SQLException(
                        "the schema has version " + version + ", this release knows " + LATEST + ": run the newer one");
            }
            if (!checksum(sql(version)).equals(entry.getValue())) {
                throw new SQLException("schema version " + version + " was made by another V" + version + ".sql");
            }
        }
    }

    private static void apply(Connection connection, int version) throws SQLException, IOException {
        String sql = sql(version);
        connection.setAutoCommit(false); // whatever fails below is rolled back by the close that follows
        for (String statement : sql.split(";\\s*\\n", 0)) {
            if (!statement.isBlank()) {
                execute(connection, statement);
            }
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into schema_version (version, checksum) values (?, ?)")) {
            insert.setInt(1, version);
            insert.setString(2, checksum(sql));
            insert.executeUpdate();
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static Map<Integer, String> recorded(Connection connection) throws SQLException {
        Map<Integer, String> done = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select version, checksum from schema_version")) {
            while (rows.next()) {
                done.put(rows.getInt(1), rows.getString(2));
            }
        }
        return done;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String sql(int version) throws IOException {
        String name = "V" + version + ".sql";
        try (InputStream in = Migrations.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String checksum(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-256
        }
    }
}
