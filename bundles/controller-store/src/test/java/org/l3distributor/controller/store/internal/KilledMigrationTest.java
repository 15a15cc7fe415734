// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.l3distributor.relational.Dialect;
import org.l3distributor.relational.Migrations;

/** A process that dies right after a statement was done, and before it could say so. */
@ExtendWith(DatabaseServers.class)
class KilledMigrationTest {
    @TempDir
    Path directory;

    private static final String DEATH = "the process dies here";

    /** A connection over which the process dies after so many statements; what is only counted doesn't count. */
    private static Connection dyingAfter(int statements, Connection connection) {
        int[] left = {statements};
        return proxy(Connection.class, connection, (method, answer) -> {
            if (!method.getName().equals("createStatement")) {
                return answer;
            }
            return proxy(Statement.class, (Statement) answer, (called, result) -> result, left);
        });
    }

    private interface Answer {
        Object of(Method method, Object answer) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, T target, Answer change, int... left) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        Object answer = method.invoke(target, arguments);
                        boolean step = method.getName().equals("execute")
                                && !((String) arguments[0]).contains(Database.VERSIONS)
                                && !((String) arguments[0]).contains("_lock(");
                        if (left.length > 0 && step && --left[0] == 0) {
                            throw new SQLException(DEATH);
                        }
                        return change.of(method, answer);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @ParameterizedTest
    @EnumSource(names = "MARIADB") // on the others a version is one transaction
    void migrations_thatDieAfterEverySecondStatement_endInTheSameSchema(Dialect dialect) throws Exception {
        Settings settings = DatabaseServers.fresh(dialect, directory);
        Migrations migrations = new Migrations(Database.class, Database.VERSIONS, Database.LATEST);
        int deaths = 0;
        for (boolean done = false; !done; ) {
            try (Connection connection = Schema.connect(settings)) {
                migrations.run(dyingAfter(2, connection), dialect);
                done = true;
            } catch (SQLException e) {
                assertThat(e.getMessage()).contains(DEATH);
                deaths++;
            }
            assertThat(deaths).isLessThan(1000);
        }
        assertThat(deaths).isGreaterThan(50);
        assertSameSchema(settings, dialect);
    }

    /** Where a version is one transaction, nothing of the one that was in the middle is left. */
    @ParameterizedTest
    @EnumSource(names = "MARIADB", mode = EnumSource.Mode.EXCLUDE)
    void aMigrationThatDies_leavesTheVersionBefore_andGoesOnFromThere(Dialect dialect) throws Exception {
        Settings settings = DatabaseServers.fresh(dialect, directory);
        Migrations migrations = new Migrations(Database.class, Database.VERSIONS, Database.LATEST);
        for (int statements : List.of(1, 20, 40, 60)) {
            try (Connection connection = Schema.connect(settings)) {
                assertThatThrownBy(() -> migrations.run(dyingAfter(statements, connection), dialect))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining(DEATH);
            }
            try (Connection connection = Schema.connect(settings)) {
                Set<String> tables = OctaviaSchema.tables(connection);
                boolean octavias = tables.contains("load_balancer");
                boolean specifications = tables.contains("distributor_l3_amphora_vip_registration");
                assertThat(tables.contains("vrrp_group")).as("V1 as a whole").isEqualTo(octavias);
                assertThat(tables.contains("distributor")).as("V3 as a whole").isEqualTo(specifications);
                assertThat(octavias && Schema.columns(connection, "amphora").containsKey("frontend_ip"))
                        .as("V3 as a whole")
                        .isEqualTo(specifications);
            }
        }
        Database.open(settings).close();
        assertSameSchema(settings, dialect);
    }

    private static void assertSameSchema(Settings settings, Dialect dialect) throws Exception {
        try (Connection killed = Schema.connect(settings);
                Connection other = Schema.connect(DatabaseServers.migrated(dialect))) {
            assertThat(OctaviaSchema.tables(killed)).isEqualTo(OctaviaSchema.tables(other));
            for (String table : OctaviaSchema.tables(other)) {
                assertThat(Schema.columns(killed, table)).as(table).isEqualTo(Schema.columns(other, table));
                assertThat(Schema.foreignKeys(killed, table)).as(table).isEqualTo(Schema.foreignKeys(other, table));
            }
            assertThat(Schema.rows(killed, "lb_topology")).hasSize(3);
        }
    }
}
