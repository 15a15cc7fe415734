// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.relational;

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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Brings a schema from any earlier version to the present one. One SQL file is one version: {@code Vn.sql} beside a
 * class, or {@code Vn.DIALECT.sql} where one text can't say it on all. A kill in the middle leaves a version that the
 * next run goes on from: where the schema's changes are transactional a file is one transaction, elsewhere each
 * statement is counted.
 */
public final class Migrations {
    private static final String STATEMENT_END = ";\\s*\\n";
    private static final Pattern COMMENT = Pattern.compile("(?m)^--.*$");

    private final Class<?> beside;
    private final String table;
    private final int latest;

    /**
     * @param beside the class beside which {@code V1.sql} .. lie
     * @param table where the versions are recorded
     * @param latest the version that this code knows
     */
    public Migrations(Class<?> beside, String table, int latest) {
        this.beside = beside;
        this.table = table;
        this.latest = latest;
    }

    /** What a run did. */
    public record Result(int from, int to) {}

    /**
     * Runs what is missing. After a failure the connection is good for closing only.
     *
     * @param connection in autocommit mode, and so it is left
     * @throws SQLException also when the schema is newer than this code or a recorded file has another checksum
     */
    public Result run(Connection connection, Dialect dialect) throws SQLException, IOException {
        return run(connection, dialect, 0);
    }

    /**
     * As {@link #run(Connection, Dialect)}, on a schema that somebody else brought to a version.
     *
     * @param foreign the version that is taken for done where none is recorded, 0 = none
     */
    public Result run(Connection connection, Dialect dialect, int foreign) throws SQLException, IOException {
        dialect.lock(connection);
        execute(
                connection,
                "create table if not exists " + table
                        + " (version integer not null primary key, checksum varchar(64) not null)");
        Map<Integer, String> done = recorded(connection);
        refuseUnknown(done, dialect);
        for (int version = 1; done.isEmpty() && version <= foreign; version++) {
            record(connection, version, checksum(sql(version, dialect)));
        }
        int from = Math.max(done.size(), foreign);
        for (int version = from + 1; version <= latest; version++) {
            apply(connection, dialect, version);
        }
        dialect.unlock(connection);
        return new Result(from, latest);
    }

    private void refuseUnknown(Map<Integer, String> done, Dialect dialect) throws SQLException, IOException {
        for (Map.Entry<Integer, String> entry : done.entrySet()) {
            int version = entry.getKey();
            if (version > latest) {
                throw new SQLException(
                        "the schema has version " + version + ", this release knows " + latest + ": run the newer one");
            }
            if (!checksum(sql(version, dialect)).equals(entry.getValue())) {
                throw new SQLException("schema version " + version + " was made by another V" + version + ".sql");
            }
        }
    }

    private void apply(Connection connection, Dialect dialect, int version) throws SQLException, IOException {
        String sql = sql(version, dialect);
        String statementsOnly = COMMENT.matcher(dialect.types(sql)).replaceAll("");
        List<String> statements = Arrays.stream(statementsOnly.split(STATEMENT_END, 0))
                .filter(statement -> !statement.isBlank())
                .toList();
        if (dialect.hasTransactionalDdl()) {
            connection.setAutoCommit(false); // whatever fails below is rolled back by the close that follows
            for (String statement : statements) {
                execute(connection, statement);
            }
            record(connection, version, checksum(sql));
            connection.commit();
            connection.setAutoCommit(true);
        } else {
            new Steps(connection, table + "_step", version).run(statements);
            record(connection, version, checksum(sql));
        }
    }

    private void record(Connection connection, int version, String checksum) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into " + table + " (version, checksum) values (?, ?)")) {
            insert.setInt(1, version);
            insert.setString(2, checksum);
            insert.executeUpdate();
        }
    }

    private Map<Integer, String> recorded(Connection connection) throws SQLException {
        Map<Integer, String> done = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select version, checksum from " + table)) {
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

    private String sql(int version, Dialect dialect) throws IOException {
        String own = "V" + version + "." + dialect.suffix() + ".sql";
        String common = "V" + version + ".sql";
        try (InputStream in = beside.getResourceAsStream(own);
                InputStream other = beside.getResourceAsStream(common)) {
            InputStream found = in == null ? other : in;
            if (found == null) {
                throw new FileNotFoundException(common);
            }
            return new String(found.readAllBytes(), StandardCharsets.UTF_8);
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
