// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.Secret;
import org.l3distributor.relational.Dialect;

/**
 * Where the database is.
 *
 * @param url of JDBC: {@code jdbc:sqlite:/file}, {@code jdbc:postgresql://host/name} or {@code jdbc:mariadb://host/name}
 * @param connections at most so many at once; SQLite has one
 * @param takeOver whether a database of Octavia's may be made ours
 * @param octavia a database of Octavia's whose rows are copied into ours while that has none; null = none
 */
record Settings(
        String url,
        String user,
        @Nullable Secret password,
        int connections,
        boolean takeOver,
        @Nullable Settings octavia) {
    private static final String SQLITE = "jdbc:sqlite:";

    static Settings of(String url) {
        return new Settings(url, "", null, 4, false, null);
    }

    Settings takingOver() {
        return new Settings(url, user, password, connections, true, octavia);
    }

    Settings importing(Settings from) {
        return new Settings(url, user, password, connections, takeOver, from);
    }

    Dialect dialect() {
        if (url.startsWith(SQLITE)) {
            return Dialect.SQLITE;
        }
        if (url.startsWith("jdbc:postgresql:")) {
            return Dialect.POSTGRESQL;
        }
        if (url.startsWith("jdbc:mariadb:")) {
            return Dialect.MARIADB;
        }
        throw new IllegalArgumentException(
                "url must begin with jdbc:sqlite:, jdbc:postgresql: or jdbc:mariadb:, got " + shown());
    }

    /** Without what follows a question mark: a password may be there. */
    String shown() {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }

    /** The file of an SQLite database. */
    String file() {
        return shown().substring(SQLITE.length());
    }

    /** What each driver is told. Every wait is bounded: a server that is silent is one that can't be reached. */
    Properties properties() {
        Properties properties = new Properties();
        switch (dialect()) {
            case SQLITE -> {
                properties.setProperty("journal_mode", "WAL");
                properties.setProperty("synchronous", "FULL"); // one fsync of the log per commit
                properties.setProperty("foreign_keys", "true");
                properties.setProperty("busy_timeout", "2000");
                properties.setProperty("transaction_mode", "IMMEDIATE"); // read, then write fails in a deferred one
            }
            case POSTGRESQL -> {
                properties.setProperty("stringtype", "unspecified"); // dates go as text
                properties.setProperty("ApplicationName", "l3-distributor");
                properties.setProperty("connectTimeout", "3");
                properties.setProperty("socketTimeout", "30");
                properties.setProperty("tcpKeepAlive", "true");
                properties.setProperty("options", "-c lock_timeout=10s -c client_min_messages=warning");
            }
            case MARIADB -> {
                properties.setProperty("connectTimeout", "3000");
                properties.setProperty("socketTimeout", "30000");
                properties.setProperty("useBulkStmts", "false"); // those don't tell which rows were changed
                properties.setProperty("useBulkStmtsForInserts", "false");
                properties.setProperty(
                        "sessionVariables",
                        "innodb_lock_wait_timeout=10,time_zone='+00:00',sql_mode='STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ANSI_QUOTES'");
            }
        }
        if (!user.isEmpty()) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", new String(password.reveal(), StandardCharsets.UTF_8));
        }
        return properties;
    }
}
