// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether a database is Octavia's, and may be made ours. */
final class OctaviaSchema {
    /** Octavia 11.0.0's last migration; V1.sql says the same. */
    static final String REVISION = "0995c26fc506";

    /** The version that V1.sql makes, and Octavia's migrations make as well. */
    private static final int AS_OCTAVIA = 1;

    private static final Map<String, String> UNSERVED = new TreeMap<>(Map.of(
            "listener (TLS, UDP, SCTP or Prometheus)",
                    "select id from listener where protocol not in ('TCP', 'HTTP', 'HTTPS') order by id",
            "pool (protocol, algorithm or TLS)",
                    "select id from pool where protocol not in ('TCP', 'HTTP', 'HTTPS', 'PROXY', 'PROXYV2')"
                            + " or lb_algorithm = 'SOURCE_IP_PORT' or tls_enabled = true order by id",
            "health monitor (type)", "select id from health_monitor where type in ('SCTP', 'UDP-CONNECT') order by id",
            "l7 policy", "select id from l7policy order by id"));

    private OctaviaSchema() {}

    /**
     * The version that is taken for done: 1 for a database of Octavia's that isn't ours yet, else 0.
     *
     * @throws SQLException when it is Octavia's and may not be taken over, or is of another release
     */
    static int foreign(Connection connection, boolean takeOver) throws SQLException {
        Set<String> tables = tables(connection);
        if (!tables.contains("alembic_version") || isOurs(connection, tables)) {
            return 0;
        }
        String revision = revision(connection);
        if (!takeOver) {
            throw new SQLException("this is Octavia's database (revision " + revision
                    + "): Octavia can't use it any more once it is taken over."
                    + " Stop Octavia, make a backup, and set takeOver=true; or use an empty database and import");
        }
        refuseOtherRelease(revision);
        refuseUnserved(connection);
        return AS_OCTAVIA;
    }

    /** Whether a version is recorded: where a process died between making that table and writing there, none is. */
    private static boolean isOurs(Connection connection, Set<String> tables) throws SQLException {
        if (!tables.contains(Database.VERSIONS)) {
            return false;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + Database.VERSIONS)) {
            return row.next() && row.getInt(1) > 0;
        }
    }

    /** Throws unless this is a database of a known release of Octavia's, with nothing in it that isn't served here. */
    static void refuseUnlessServed(Connection connection) throws SQLException {
        if (!tables(connection).contains("alembic_version")) {
            throw new SQLException("this isn't a database of Octavia's: it has no table alembic_version");
        }
        refuseOtherRelease(revision(connection));
        refuseUnserved(connection);
    }

    private static void refuseOtherRelease(String revision) throws SQLException {
        if (!revision.equals(REVISION)) {
            throw new SQLException("this database is that of another release of Octavia (revision " + revision
                    + ", known is " + REVISION + " of release 11): upgrade Octavia's database to that one first");
        }
    }

    /** What this controller can't serve it must not have: it would render configurations without it. */
    private static void refuseUnserved(Connection connection) throws SQLException {
        List<String> unserved = new ArrayList<>();
        for (Map.Entry<String, String> query : UNSERVED.entrySet()) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query.getValue())) {
                while (rows.next()) {
                    unserved.add(query.getKey() + " " + rows.getString(1));
                }
            }
        }
        if (!unserved.isEmpty()) {
            throw new SQLException("this database has what this controller doesn't serve: " + unserved
                    + ". Delete it or keep it with Octavia");
        }
    }

    static Set<String> tables(Connection connection) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (ResultSet tables = connection
                .getMetaData()
                .getTables(
                        connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    private static String revision(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select version_num from alembic_version")) {
            return row.next() ? row.getString(1) : "none";
        }
    }
}
