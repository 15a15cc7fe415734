// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.distributor.store.StoreException;

class MigrationsTest {
    @TempDir
    Path directory;

    private void sql(String text) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(Database.FILE));
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    @Test
    void open_ofAnEmptyDirectory_makesTheLatestSchema() throws StoreException {
        try (Database database = Database.open(directory.resolve("new/deep"))) {
            assertThat(database.version()).isEqualTo(Database.LATEST);
        }
    }

    @Test
    void open_aSecondTime_keepsTheRows() throws StoreException {
        try (JpaStore store = JpaStore.open(directory)) {
            store.apply(Wishes.first(3), List.of());
        }
        try (JpaStore store = JpaStore.open(directory)) {
            assertThat(store.registrations()).hasSize(3);
        }
    }

    @Test
    void open_ofANewerSchema_isRefusedAndLeavesItAlone() throws StoreException, SQLException {
        Database.open(directory).close();
        sql("insert into schema_version values (" + (Database.LATEST + 1) + ", 'x')");
        assertThatThrownBy(() -> Database.open(directory))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the schema has version " + (Database.LATEST + 1));
        sql("delete from schema_version where checksum = 'x'");
        Database.open(directory).close();
    }

    @Test
    void open_ofASchemaMadeByAnotherFile_isRefused() throws StoreException, SQLException {
        Database.open(directory).close();
        sql("update schema_version set checksum = 'other'");
        assertThatThrownBy(() -> Database.open(directory))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("made by another V1.sql");
    }

    @Test
    void open_afterAMigrationThatDidNotCommit_startsOver() throws StoreException, SQLException {
        sql("create table schema_version (version integer not null primary key, checksum varchar(64) not null)");
        try (JpaStore store = JpaStore.open(directory)) {
            assertThat(store.registrations()).isEmpty();
        }
    }
}
