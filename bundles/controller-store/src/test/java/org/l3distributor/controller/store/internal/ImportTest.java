// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.relational.Dialect;

/** From a database that Octavia's own code made and filled, into an empty one of each kind. */
@ExtendWith(DatabaseServers.class)
class ImportTest {
    private static final Map<Dialect, Settings> OCTAVIA = new EnumMap<>(Dialect.class);

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void everyRow_isCopiedOnce_andOctaviasDatabaseStaysAsItIs(Dialect dialect) throws Exception {
        Settings octavia = octavia(dialect == Dialect.MARIADB ? Dialect.POSTGRESQL : Dialect.MARIADB);
        Settings ours = DatabaseServers.fresh(dialect, directory).importing(octavia);
        LoadBalancer before;
        try (OpenStore store = OpenStore.open(ours)) {
            before = find(store);
            assertThat(before.header().name()).isEqualTo("web");
            assertThat(before.header().createdAt()).isEqualTo("2026-03-29T02:30:15Z");
            assertThat(before.header().tags()).containsExactly("blue", "prod");
            store.transaction("look", (em, d) -> {
                JpaTransaction tx = new JpaTransaction(em, d);
                assertThat(tx.listeners()
                                .find(OctaviaDatabase.id(3, 20))
                                .orElseThrow()
                                .insertHeaders())
                        .isEqualTo(Map.of("X-Forwarded-For", "true", "X-Forwarded-Port", "true"));
                assertThat(tx.amphorae()
                                .find(OctaviaDatabase.id(2, 1))
                                .orElseThrow()
                                .frontend()
                                .ip())
                        .hasToString("198.51.100.1");
                assertThat(tx.monitors()
                                .find(OctaviaDatabase.id(3, 2))
                                .orElseThrow()
                                .http()
                                .version())
                        .isEqualTo("1.1");
                return true;
            });
        }
        try (Connection from = Schema.connect(octavia);
                Connection to = Schema.connect(ours)) {
            for (String table : OctaviaImport.TABLES) {
                assertThat(Schema.rows(to, table)).as(table).hasSameSizeAs(Schema.rows(from, table));
            }
            assertThat(Schema.columns(from, "amphora")).containsKey("vrrp_ip");
        }
        try (OpenStore again = OpenStore.open(ours)) {
            assertThat(find(again)).as("not copied a second time").isEqualTo(before);
        }
    }

    /** Whoever imports leaves it as it is, so that the next one may, too. */
    private Settings octavia(Dialect dialect) throws Exception {
        Settings there = OCTAVIA.get(dialect);
        if (there == null) {
            there = OctaviaDatabase.fresh(dialect, directory);
            OCTAVIA.put(dialect, there);
        }
        return there;
    }

    private static LoadBalancer find(OpenStore store) throws StoreException {
        return store.transaction(
                "look",
                (em, dialect) -> new JpaTransaction(em, dialect)
                        .loadBalancers()
                        .find(OctaviaDatabase.id(1, 1))
                        .orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE")
    void aDatabaseThatIsNotOctavias_isRefused(Dialect dialect) throws Exception {
        Settings other = DatabaseServers.fresh(dialect, directory);
        try (Connection connection = Schema.connect(other);
                Statement statement = connection.createStatement()) {
            statement.execute("create table something (id integer)");
        }
        Settings ours = DatabaseServers.fresh(dialect, directory).importing(other);
        assertThatThrownBy(() -> OpenStore.open(ours))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("import")
                .hasMessageContaining("this isn't a database of Octavia's");
    }
}
