// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.sql.Driver;
import java.sql.SQLException;
import org.l3distributor.relational.Dialect;

/** Makes drivers; looked up is nothing. */
final class Drivers {
    private Drivers() {}

    static Driver of(Dialect dialect) throws SQLException {
        return switch (dialect) {
            case SQLITE -> new org.sqlite.JDBC();
            case POSTGRESQL -> new org.postgresql.Driver();
            case MARIADB -> mariadb();
        };
    }

    /** Its licence (LGPL) keeps it out of the distribution: an operator adds it. */
    private static Driver mariadb() throws SQLException {
        try {
            return new org.mariadb.jdbc.Driver();
        } catch (NoClassDefFoundError e) {
            throw new SQLException("MariaDB's driver isn't installed; add the bundle mariadb-java-client", e);
        }
    }
}
