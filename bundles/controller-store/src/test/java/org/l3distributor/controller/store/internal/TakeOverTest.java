// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.relational.Dialect;

/** A database that Octavia's own code made and filled. */
@ExtendWith(DatabaseServers.class)
class TakeOverTest {
    private static final Map<String, String> RENAMED = Map.of(
            "vrrp_ip", "frontend_ip",
            "vrrp_port_id", "frontend_port_id",
            "vrrp_interface", "frontend_interface",
            "vrrp_id", "frontend_id",
            "vrrp_priority", "frontend_priority");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void octaviasDatabase_isRefusedAsItIs_andTakenOverWithNothingLost(Dialect dialect) throws Exception {
        Settings settings = OctaviaDatabase.fresh(dialect, directory);
        Map<String, List<Map<String, String>>> before = everything(settings);
        assertThat(before.get("amphora")).hasSize(3);

        assertThatThrownBy(() -> OpenStore.open(settings))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("this is Octavia's database (revision 0995c26fc506)")
                .hasMessageContaining("takeOver=true");
        assertThat(everything(settings)).as("after the refusal").isEqualTo(before);

        try (OpenStore store = OpenStore.open(settings.takingOver())) {
            Map<String, List<Map<String, String>>> after = everything(settings);
            before.forEach((table, rows) -> assertThat(after.get(table))
                    .as(table)
                    .containsAll(rows) // with what is ours beside it
                    .hasSizeGreaterThanOrEqualTo(rows.size()));
            assertValues(store);
        }
        try (OpenStore again = OpenStore.open(settings)) {
            assertValues(again); // ours now, also without the flag
        }
        assertSameSchema(settings, dialect);
    }

    /** Octavia's rows in the names that they have, or get. */
    private Map<String, List<Map<String, String>>> everything(Settings settings) throws SQLException {
        Map<String, List<Map<String, String>>> all = new TreeMap<>();
        try (Connection connection = Schema.connect(settings)) {
            for (String table : OctaviaSchema.tables(connection)) {
                if (!table.startsWith("l3d_")) {
                    all.put(
                            table,
                            Schema.rows(connection, table).stream()
                                    .map(row -> renamed(table, row))
                                    .toList());
                }
            }
        }
        return all;
    }

    private static Map<String, String> renamed(String table, Map<String, String> row) {
        Map<String, String> named = new TreeMap<>();
        row.forEach((column, value) -> {
            boolean ours = column.startsWith("l3d_") || column.equals("frontend_subnet_id");
            if (!ours && !column.equals("service_type") && !column.equals("distributor_id")) {
                named.put(table.equals("amphora") ? RENAMED.getOrDefault(column, column) : column, value);
            }
        });
        return named;
    }

    private static void assertValues(OpenStore store) throws StoreException {
        store.transaction("look", (em, dialect) -> {
            JpaTransaction tx = new JpaTransaction(em, dialect);
            LoadBalancer web = tx.loadBalancers().find(OctaviaDatabase.id(1, 1)).orElseThrow();
            assertThat(web.header().name()).isEqualTo("web");
            assertThat(web.topology()).isEqualTo("ACTIVE_STANDBY");
            assertThat(web.amphoraCount()).isEqualTo(2);
            assertThat(web.header().tags()).containsExactly("blue", "prod");
            assertThat(web.header().createdAt()).isEqualTo("2026-03-29T02:30:15Z");
            assertThat(web.vip().address()).hasToString("203.0.113.10");
            assertThat(web.additionalVips())
                    .singleElement()
                    .satisfies(vip -> assertThat(vip.address()).hasToString("2001:db8::11"));
            Amphora backup = tx.amphorae().find(OctaviaDatabase.id(2, 2)).orElseThrow();
            assertThat(backup.frontend().ip()).hasToString("198.51.100.2");
            assertThat(backup.frontend().interfaceName()).isEqualTo("eth1");
            assertThat(backup.frontend().priority()).isEqualTo(90);
            assertThat(backup.serviceType()).isNull();
            assertThat(tx.health().find(backup.id()).orElseThrow().busy()).isTrue();
            assertThat(tx.listeners()
                            .find(OctaviaDatabase.id(3, 20))
                            .orElseThrow()
                            .insertHeaders())
                    .containsOnlyKeys("X-Forwarded-For", "X-Forwarded-Port");
            assertThat(tx.listeners().page(Query.where("load_balancer_id", web.id())))
                    .hasSize(1);
            assertThat(tx.monitors()
                            .find(OctaviaDatabase.id(3, 2))
                            .orElseThrow()
                            .http()
                            .version())
                    .isEqualTo("1.1");
            assertThat(tx.members().page(Query.where("pool_id", OctaviaDatabase.id(3, 1))))
                    .hasSize(2);
            return true;
        });
    }

    /** Whichever way it came to be, the schema is the same, as far as Octavia's models and migrations are. */
    private void assertSameSchema(Settings takenOver, Dialect dialect) throws Exception {
        Settings fresh = DatabaseServers.fresh(dialect, directory);
        Database.open(fresh).close();
        try (Connection one = Schema.connect(takenOver);
                Connection other = Schema.connect(fresh)) {
            TreeSet<String> tables = new TreeSet<>(OctaviaSchema.tables(one));
            tables.remove("alembic_version");
            TreeSet<String> expected = new TreeSet<>(OctaviaSchema.tables(other));
            if (dialect != Dialect.MARIADB) {
                expected.remove("spares_pool"); // Octavia's migrations leave it behind, its models don't know it
            }
            assertThat(tables).as("tables").containsExactlyElementsOf(expected);
            for (String table : tables) {
                assertThat(Schema.columns(other, table).keySet())
                        .as(table)
                        .isEqualTo(Schema.columns(one, table).keySet());
                if (dialect == Dialect.MARIADB) { // from Octavia's migrations: to the last type
                    assertThat(Schema.columns(other, table)).as(table).isEqualTo(Schema.columns(one, table));
                    assertThat(Schema.foreignKeys(other, table)).as(table).isEqualTo(Schema.foreignKeys(one, table));
                }
            }
        }
    }

    @Test
    void octaviasDatabase_ofAnotherReleaseOrWithWhatIsNotServed_isRefused() throws Exception {
        Settings settings = OctaviaDatabase.fresh(Dialect.SQLITE, directory);
        try (Connection connection = Schema.connect(settings);
                Statement statement = connection.createStatement()) {
            statement.execute("update listener set protocol = 'TERMINATED_HTTPS'");
            assertThatThrownBy(() -> OpenStore.open(settings.takingOver()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(
                            "doesn't serve: [listener (TLS, UDP, SCTP or Prometheus) " + OctaviaDatabase.id(3, 20));
            statement.execute("update alembic_version set version_num = 'abc'");
        }
        assertThatThrownBy(() -> OpenStore.open(settings.takingOver()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("of another release of Octavia (revision abc, known is 0995c26fc506");
    }
}
