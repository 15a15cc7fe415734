// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.persistence.Column;
import javax.persistence.Table;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.relational.Dialect;

@ExtendWith(DatabaseServers.class)
class SchemaTest {
    /** Word for word; AS numbers have four bytes without a sign, which an INTEGER of a server can't hold. */
    private static final String SPECIFICATION = """
            vip                                            distributor_id                 varchar(36)
            distributor                                    id                             varchar(36) not null
            distributor                                    distributor_type               varchar(36) not null
            distributor                                    status                         varchar(36)
            amphora                                        load_balancer_id               varchar(36)
            amphora                                        service_type                   varchar(36)
            amphora                                        frontend_ip                    varchar(64)
            amphora                                        frontend_subnet_id             varchar(36)
            amphora                                        frontend_port_id               varchar(36)
            amphora                                        frontend_interface             varchar(16)
            amphora                                        frontend_id                    integer
            amphora                                        frontend_priority              integer
            amphora_health                                 amphora_id                     varchar(36) not null
            amphora_health                                 last_update                    datetime not null
            amphora_health                                 busy                           boolean not null
            amphora_registration                           amphora_id                     varchar(36) not null
            amphora_registration                           load_balancer_id               varchar(36) not null
            amphora_registration                           distributor_id                 varchar(36)
            distributor_l3_bgp_speaker                     id                             varchar(36) not null
            distributor_l3_bgp_speaker                     ip_version                     integer not null
            distributor_l3_bgp_speaker                     local_as                       bigint not null
            distributor_l3_bgp_peer                        id                             varchar(36) not null
            distributor_l3_bgp_peer                        peer_ip                        varchar(64) not null
            distributor_l3_bgp_peer                        remote_as                      bigint not null
            distributor_l3_bgp_peer                        auth_type                      varchar(16)
            distributor_l3_bgp_peer                        ttl_hops                       integer
            distributor_l3_bgp_peer                        hold_time                      integer
            distributor_l3_bgp_peer                        keepalive_interval             integer
            distributor_l3_bgp_peer_registration           distributor_l3_bgp_speaker_id  varchar(36) not null
            distributor_l3_bgp_peer_registration           distributor_l3_bgp_peer_id     varchar(36) not null
            distributor_l3_amphora_bgp_speaker_registration distributor_l3_bgp_speaker_id varchar(36) not null
            distributor_l3_amphora_bgp_speaker_registration amphora_id                    varchar(36) not null
            distributor_l3_amphora_vip_registration        amphora_id                     varchar(36) not null
            distributor_l3_amphora_vip_registration        load_balancer_id               varchar(36) not null
            distributor_l3_amphora_vip_registration        nexthop_ip                     varchar(64) not null
            distributor_l3_amphora_vip_registration        distributor_l3_bgp_peer_id     varchar(36)
            """;

    private static final Map<String, Set<String>> FOREIGN_KEYS = Map.of(
            "vip", Set.of("distributor_id -> distributor", "load_balancer_id -> load_balancer"),
            "amphora_registration",
                    Set.of(
                            "amphora_id -> amphora",
                            "load_balancer_id -> load_balancer",
                            "distributor_id -> distributor"),
            "distributor_l3_bgp_peer_registration",
                    Set.of(
                            "distributor_l3_bgp_speaker_id -> distributor_l3_bgp_speaker",
                            "distributor_l3_bgp_peer_id -> distributor_l3_bgp_peer"),
            "distributor_l3_amphora_bgp_speaker_registration",
                    Set.of("distributor_l3_bgp_speaker_id -> distributor_l3_bgp_speaker", "amphora_id -> amphora"),
            "distributor_l3_amphora_vip_registration",
                    Set.of(
                            "amphora_id -> amphora",
                            "load_balancer_id -> load_balancer",
                            "distributor_l3_bgp_peer_id -> distributor_l3_bgp_peer"));

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void schema_madeFromNothing_hasEveryColumnOfTheSpecification(Dialect dialect) throws Exception {
        try (Connection connection = Schema.connect(DatabaseServers.migrated(dialect))) {
            Map<String, String> wrong = new TreeMap<>();
            SPECIFICATION.lines().forEach(line -> {
                String[] words = line.strip().split(" +", 3);
                String found = columns(connection, words[0]).get(words[1]);
                if (!words[2].equals(found)) {
                    wrong.put(words[0] + "." + words[1], "wanted " + words[2] + ", found " + found);
                }
            });
            assertThat(wrong).isEmpty();
            for (Map.Entry<String, Set<String>> keys : FOREIGN_KEYS.entrySet()) {
                assertThat(Schema.foreignKeys(connection, keys.getKey()))
                        .as(keys.getKey())
                        .containsExactlyInAnyOrderElementsOf(keys.getValue());
            }
            assertThat(Schema.primaryKey(connection, "distributor_l3_bgp_peer_registration"))
                    .containsExactly("distributor_l3_bgp_peer_id", "distributor_l3_bgp_speaker_id");
            assertThat(Schema.primaryKey(connection, "amphora_health")).containsExactly("amphora_id");
        }
    }

    private static Map<String, String> columns(Connection connection, String table) {
        try {
            return Schema.columns(connection, table);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyColumnOfARow_isInTheTable_andEveryColumnOfOursIsMapped(Dialect dialect) throws Exception {
        try (Connection connection = Schema.connect(DatabaseServers.migrated(dialect))) {
            for (Class<?> row : OpenStore.ENTITIES) {
                String table = row.getAnnotation(Table.class).name();
                Set<String> mapped = mapped(row);
                Set<String> present = Schema.columns(connection, table).keySet();
                assertThat(present).as(table).containsAll(mapped);
                Set<String> ours = new TreeSet<>(present);
                if (!table.startsWith("l3d_")
                        && !table.startsWith("distributor")
                        && !table.equals("amphora_registration")) {
                    ours.removeIf(column -> !column.startsWith("l3d_") && !column.startsWith("frontend_"));
                }
                assertThat(mapped).as(table).containsAll(ours);
            }
        }
    }

    private static Set<String> mapped(Class<?> row) {
        Set<String> names = new TreeSet<>();
        for (Class<?> type = row; type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.isAnnotationPresent(Column.class)) {
                    names.add(field.getAnnotation(Column.class).name());
                }
            }
        }
        return names;
    }

    @ParameterizedTest
    @EnumSource
    void nullableMembersOfAKey_doNotLetARowInTwice(Dialect dialect) throws Exception {
        try (Connection connection = Schema.connect(DatabaseServers.migrated(dialect));
                Statement statement = connection.createStatement()) {
            statement.execute("insert into load_balancer (id, provisioning_status, operating_status, enabled)"
                    + " values ('lb', 'ACTIVE', 'ONLINE', true)");
            statement.execute("insert into amphora (id, status, cert_busy, load_balancer_id)"
                    + " values ('a', 'ALLOCATED', false, 'lb')");
            String registration = "insert into amphora_registration (l3d_id, amphora_id, load_balancer_id,"
                    + " l3d_distributor_key, l3d_frontend_ips, l3d_failure_domain) values ('%s', 'a', 'lb', '', '', '')";
            statement.execute(registration.formatted("1"));
            assertThatThrownBy(() -> statement.execute(registration.formatted("2")))
                    .isInstanceOf(SQLException.class);
            String route = "insert into distributor_l3_amphora_vip_registration (l3d_id, amphora_id, load_balancer_id,"
                    + " nexthop_ip, l3d_peer_key, l3d_vip_ip, l3d_member_id)"
                    + " values ('%s', 'a', 'lb', '192.0.2.1', '', '203.0.113.1', 'a')";
            statement.execute(route.formatted("1"));
            assertThatThrownBy(() -> statement.execute(route.formatted("2"))).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> statement.execute("delete from amphora where id = 'a'"))
                    .as("a registered amphora")
                    .isInstanceOf(SQLException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "SQLITE", mode = EnumSource.Mode.EXCLUDE) // one controller, and one process
    void open_byFourAtOnce_migratesOnce(Dialect dialect) throws Exception {
        Settings settings = DatabaseServers.fresh(dialect, directory);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            var opened = pool.invokeAll(Collections.nCopies(4, () -> {
                try (Database database = Database.open(settings)) {
                    return database.schema().to();
                }
            }));
            for (var one : opened) {
                assertThat(one.get()).isEqualTo(Database.LATEST);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void open_ofANewerSchema_isRefused(Dialect dialect) throws Exception {
        Settings settings = DatabaseServers.migrated(dialect);
        try (Connection connection = Schema.connect(settings);
                Statement statement = connection.createStatement()) {
            statement.execute("insert into " + Database.VERSIONS + " values (" + (Database.LATEST + 1) + ", 'x')");
            assertThatThrownBy(() -> Database.open(settings))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("the schema has version " + (Database.LATEST + 1));
            statement.execute("delete from " + Database.VERSIONS + " where checksum = 'x'");
        }
    }
}
