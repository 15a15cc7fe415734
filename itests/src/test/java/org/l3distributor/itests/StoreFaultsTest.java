// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Disks that can't be written, are full, or hold a damaged database: the appliance stays up and says why it makes no
 * changes, keeps its session and its routes, and goes on by itself once the disk is mended.
 */
class StoreFaultsTest {
    /** The longest time between two attempts to open a store or to write to it, and some more. */
    private static final Duration MENDED = Duration.ofMinutes(2);

    /** Says so once it has the lock, and keeps it until its input ends. */
    private static final String HOLD_LOCK = """
            import sqlite3, sys
            database = sqlite3.connect(sys.argv[1], isolation_level=None)
            database.execute("begin immediate")
            print("held", flush=True)
            sys.stdin.read()
            """;

    @TempDir
    Path directory;

    private Path store;
    private Witness witness;

    @BeforeEach
    void begin() throws Exception {
        Path data = directory.resolve("data");
        store = data.resolve("store");
        witness = new Witness(directory, data);
    }

    @AfterEach
    void end() throws Exception {
        witness.close();
    }

    @Test
    void diskThatIsReadOnlyAtFirstAndFullLater_stopsChangesOnly() throws Exception {
        try (Disk disk = Disk.tmpfs(store, 4)) {
            disk.remount("ro");
            witness.start();
            assertRefused("203.0.113.10", "the file can't be opened for writing");

            disk.remount("rw");
            awaitRegistered("203.0.113.10");
            witness.router().awaitTable(Set.of("203.0.113.10/32"));

            assertNobodyWaitsForTheDatabase();

            fill();
            assertRefused("203.0.113.11", "the disk is full");
            assertThat(witness.controller().unregister("203.0.113.10").status()).isEqualTo(503);
            assertThat(witness.controller().get("/1.0/distributor/amphorae").body())
                    .contains("203.0.113.10")
                    .doesNotContain("203.0.113.11");

            Files.delete(filler());
            awaitReady();
            awaitRegistered("203.0.113.11");
            witness.router().awaitTable(Set.of("203.0.113.10/32", "203.0.113.11/32"));
            assertThat(witness.router().withdrawals()).isZero();
            assertThat(witness.router().sessions()).isEqualTo(1);
            assertThat(witness.appliance().stop()).isZero();
        }
    }

    @Test
    void damagedDatabase_isTold_andUsedOnceItIsRestored() throws Exception {
        witness.start();
        awaitRegistered("203.0.113.10");
        assertThat(witness.appliance().stop()).isZero();
        Path database = store.resolve("appliance.db");
        Path backup = Files.copy(database, directory.resolve("backup"));
        byte[] bytes = Files.readAllBytes(database);
        for (int i = 100; i < bytes.length; i++) {
            bytes[i] ^= 0x5A;
        }
        Files.write(database, bytes);

        witness.start();
        assertRefused("203.0.113.11", "the database is damaged, restore a backup");

        Files.move(backup, database, StandardCopyOption.ATOMIC_MOVE);
        awaitReady();
        witness.router().awaitTable(Set.of("203.0.113.10/32"));
        awaitRegistered("203.0.113.11");
        witness.router().awaitTable(Set.of("203.0.113.10/32", "203.0.113.11/32"));
    }

    /** While another process holds its lock, only the change itself waits: neither the lists nor the peers do. */
    private void assertNobodyWaitsForTheDatabase() throws Exception {
        Process holder = new ProcessBuilder(
                        "python3",
                        "-c",
                        HOLD_LOCK,
                        store.resolve("appliance.db").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = holder.inputReader(StandardCharsets.US_ASCII)) {
            assertThat(said.readLine()).isEqualTo("held");
            CompletableFuture<Controller.Answer> change = CompletableFuture.supplyAsync(() -> register("203.0.113.12"));
            List<Integer> others = new ArrayList<>();
            for (String path : List.of("amphorae", "peers", "peers/tor/advertised", "events", "profile")) {
                others.add(witness.controller().get("/1.0/distributor/" + path).status());
            }
            others.add(witness.controller()
                    .call("POST", "/1.0/distributor/peers/tor/refresh", "")
                    .status());
            assertThat(others).as("answers while the lock is held").containsOnly(200);
            assertThat(change.get(30, TimeUnit.SECONDS).status()).isEqualTo(503);
            assertThat(change.get().body()).contains("another process holds the lock");
            holder.getOutputStream().close();
        }
        assertThat(holder.waitFor()).isZero();
        awaitReady();
    }

    private Controller.Answer register(String vip) {
        try {
            return witness.controller().register(vip);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Refused by REST; the reason is told there, on the console, and in the log. */
    private void assertRefused(String vip, String reason) throws Exception {
        Controller.Answer answer = witness.controller().register(vip);
        assertThat(answer.status()).as("%s", answer).isEqualTo(503);
        assertThat(answer.body()).contains("nothing was changed").contains(reason);
        Controller.Answer readiness = witness.controller().get("/1.0/distributor/readiness");
        assertThat(readiness.status()).isEqualTo(503);
        assertThat(readiness.body()).contains(reason);
        assertThat(witness.appliance().console("distributor:ready --json").text())
                .contains(reason);
        Appliance.Said said = witness.appliance().console("vip:register " + vip + " " + Controller.NEXT_HOP);
        assertThat(said.text()).contains("nothing was changed").contains(reason);
        assertThat(said.status()).isNotZero();
        assertThat(witness.appliance().log()).anyMatch(line -> line.contains("store") && line.contains(reason));
        assertThat(witness.appliance().isAlive()).isTrue();
    }

    private void awaitRegistered(String vip) throws Exception {
        Controller.Answer[] last = new Controller.Answer[1];
        Await.until(
                vip + " is registered",
                MENDED,
                () -> {
                    last[0] = witness.controller().register(vip);
                    return last[0].status() / 100 == 2;
                },
                () -> last[0]);
    }

    private void awaitReady() throws Exception {
        Controller.Answer[] last = new Controller.Answer[1];
        Await.until(
                "the appliance is ready",
                MENDED,
                () -> {
                    last[0] = witness.controller().get("/1.0/distributor/readiness");
                    return last[0].status() == 200;
                },
                () -> last[0]);
    }

    private Path filler() {
        return store.resolve("filler");
    }

    private void fill() throws IOException {
        try (var out = Files.newOutputStream(filler())) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left on device");
        }
    }
}
