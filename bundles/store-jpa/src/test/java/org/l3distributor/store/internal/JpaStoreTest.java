// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.distributor.model.Owner;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.store.StoreException;

class JpaStoreTest {
    @TempDir
    Path directory;

    private JpaStore store;

    @BeforeEach
    void open() throws StoreException {
        store = JpaStore.open(directory);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() throws StoreException {
        store.close();
        store = JpaStore.open(directory);
    }

    @Test
    void apply_ofEveryKindOfRegistration_isThereAfterReopen() throws StoreException {
        List<Registration> all = List.of(
                Wishes.of(Wishes.AMPHORA, "203.0.113.10", "192.0.2.10", null),
                Wishes.of(Wishes.AMPHORA, "203.0.113.10", "192.0.2.11", "tor-a"),
                Wishes.of(new Owner.Endpoint(), "203.0.113.11", "192.0.2.10", null),
                Wishes.of(new Owner.Endpoint(), "2001:db8::10", "2001:db8:1::1", "tor-b"));
        store.apply(all, List.of());
        reopen();
        assertThat(store.registrations()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void apply_ofWhatIsThereAndOfDuplicates_keepsOneRow() throws StoreException {
        Registration one = Wishes.nth(1);
        store.apply(List.of(one, one), List.of());
        store.apply(List.of(one), List.of());
        assertThat(store.registrations()).containsExactly(one);
    }

    @Test
    void apply_ofRemovals_removesExactlyThose() throws StoreException {
        Registration all = Wishes.of(Wishes.AMPHORA, "203.0.113.10", "192.0.2.10", null);
        Registration peer = Wishes.of(Wishes.AMPHORA, "203.0.113.10", "192.0.2.10", "tor-a");
        Registration endpoint = Wishes.of(new Owner.Endpoint(), "203.0.113.10", "192.0.2.10", null);
        store.apply(List.of(all, peer, endpoint), List.of());
        store.apply(List.of(), List.of(peer, Wishes.nth(7)));
        assertThat(store.registrations()).containsExactlyInAnyOrder(all, endpoint);
    }

    @Test
    void apply_withTheSameInBothLists_leavesItPresent() throws StoreException {
        Registration one = Wishes.nth(1);
        store.apply(List.of(one), List.of(one));
        store.apply(List.of(one), List.of(one));
        assertThat(store.registrations()).containsExactly(one);
    }

    @Test
    void overrides_setReplacedAndRemoved_surviveReopen() throws StoreException {
        store.putOverride("a", "1");
        store.putOverride("b", "line 1\nline 2 'quoted'");
        store.putOverride("a", "2");
        store.putOverride("c", "3");
        store.removeOverride("c");
        store.removeOverride("never there");
        reopen();
        assertThat(store.overrides()).isEqualTo(Map.of("a", "2", "b", "line 1\nline 2 'quoted'"));
    }

    @Test
    void database_withASecondRowOfTheSameKey_refusesIt() throws SQLException {
        String row = "insert into registration values ('%s', 'vip', '', '203.0.113.1', '192.0.2.1', '')";
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(Database.FILE));
                var statement = connection.createStatement()) {
            statement.execute(row.formatted("one"));
            assertThatThrownBy(() -> statement.execute(row.formatted("two"))).hasMessageContaining("UNIQUE");
        }
    }

    @Test
    void apply_onAFullDisk_changesNothingAndWorksAgainLater() throws StoreException {
        store.apply(Wishes.first(10), List.of());
        store.close();
        Properties small = new Properties();
        small.setProperty("max_page_count", "20"); // 80 KiB: SQLite answers as for a full disk
        store = JpaStore.open(directory, small);
        assertThatThrownBy(() -> store.apply(Wishes.first(5000), List.of(Wishes.nth(3))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("add 5000 and remove 1 registrations in")
                .hasMessageContaining("the disk is full");
        assertThat(store.registrations()).hasSize(10);
        store.apply(List.of(Wishes.nth(11)), List.of());
        store.apply(List.of(), List.of(Wishes.nth(11)));
        store.apply(List.of(Wishes.nth(12)), List.of());
        assertThat(store.registrations()).hasSize(11);
        reopen();
        store.apply(Wishes.first(5000), List.of());
        assertThat(store.registrations()).hasSize(5000);
    }

    @Test
    void open_ofADamagedFile_saysSo() throws StoreException, IOException {
        store.apply(Wishes.first(2000), List.of());
        store.close();
        Path file = directory.resolve(Database.FILE);
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 8192; i < bytes.length; i++) {
            bytes[i] ^= (byte) 0x5A;
        }
        Files.write(file, bytes);
        assertThatThrownBy(() -> JpaStore.open(directory))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("open in " + file)
                .hasMessageContaining("damaged");
    }

    @Test
    void open_ofAFileThatIsNoDatabase_saysSo() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve(Database.FILE), "not a database, but long enough for a header ".repeat(50));
        assertThatThrownBy(() -> JpaStore.open(other))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the database is damaged, restore a backup");
    }

    @Test
    void backup_takenWhileOpen_isACompleteDatabase() throws StoreException, SQLException, IOException {
        store.apply(Wishes.first(100), List.of());
        Path backup = Files.createDirectory(directory.resolve("backup"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(Database.FILE));
                var statement = connection.createStatement()) {
            statement.execute("vacuum into '" + backup.resolve(Database.FILE) + "'");
        }
        store.apply(List.of(), Wishes.first(100));
        try (JpaStore restored = JpaStore.open(backup)) {
            assertThat(restored.registrations()).hasSize(100);
        }
    }

    @Test
    void nativeLibrary_afterOpen_isLoadedFromTheFirstStoresDirectory() throws IOException {
        Path library = Path.of(System.getProperty("org.sqlite.lib.path"), System.getProperty("org.sqlite.lib.name"));
        assertThat(Files.readString(Path.of("/proc/self/maps"))).contains(library.toString());
    }
}
