// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.relational.Dialect;

/**
 * Two controllers, processes of their own, are killed and frozen at random while they share operations of three steps.
 * How many: {@code l3d.operations}, and the seed {@code l3d.seed}.
 */
@ExtendWith(DatabaseServers.class)
class ClaimsTest {
    private static final int OPERATIONS = Integer.getInteger("l3d.operations", 400);
    private static final long SEED = Long.getLong("l3d.seed", 20_260_101);
    private static final Duration LONGEST = Duration.ofMinutes(20);
    /** Longer than a lease: whoever wakes up holds nothing any more. */
    private static final Duration FROZEN = ClaimsWorker.LEASE.plusMillis(500);

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(names = "SQLITE", mode = EnumSource.Mode.EXCLUDE) // one controller
    void twoControllers_killedAndFrozenAtRandom_loseNoOperation_andDoNoneTwice(Dialect dialect) throws Exception {
        Deep.unlessPostgresql(dialect);
        Settings settings = DatabaseServers.migrated(dialect);
        try (StoreOn on = new StoreOn(settings)) {
            on.store.run(tx -> {
                for (int i = 0; i < OPERATIONS; i++) {
                    tx.tasks().insert(Task.begin("task-" + i, "LB_CREATE", "target-" + i, "1", "{}", tx.now()));
                }
            });
        }
        Disturbed disturbed = run(settings);
        List<String> wrong = wrong(settings);
        System.out.printf(
                "%s: %d operations of %d steps in %d s, seed %d: %d kills, %d freezes; wrong %s%n",
                dialect,
                OPERATIONS,
                ClaimsWorker.STEPS,
                disturbed.millis / 1000,
                SEED,
                disturbed.kills,
                disturbed.freezes,
                wrong);
        assertThat(wrong).isEmpty();
        assertThat(disturbed.kills).isPositive();
        assertThat(disturbed.freezes).isPositive();
    }

    private record Disturbed(int kills, int freezes, long millis) {}

    private Disturbed run(Settings settings) throws Exception {
        Random random = new Random(SEED);
        long start = System.nanoTime();
        int kills = 0;
        int freezes = 0;
        Set<Process> working = new HashSet<>();
        List<Process> workers = new ArrayList<>(List.of(worker(settings, "a"), worker(settings, "b")));
        try {
            for (int i = 0; workers.stream().anyMatch(Process::isAlive); i++) {
                assertThat(System.nanoTime() - start).as("time").isLessThan(LONGEST.toNanos());
                int index = random.nextInt(workers.size());
                Process victim = workers.get(index);
                if (working.add(victim)) {
                    victim.inputReader().readLine(); // that it works, or that it has ended without
                }
                if (victim.waitFor(random.nextInt(700), TimeUnit.MILLISECONDS)) {
                    assertEndedWell(victim, index);
                    continue;
                }
                if (i % 3 == 0) {
                    signal(victim, "STOP");
                    boolean ended = victim.waitFor(FROZEN.toMillis(), TimeUnit.MILLISECONDS);
                    signal(victim, "CONT");
                    freezes += ended ? 0 : 1;
                } else {
                    victim.destroyForcibly().waitFor();
                    kills++;
                    workers.set(index, worker(settings, "w" + i));
                }
            }
            for (int i = 0; i < workers.size(); i++) {
                assertEndedWell(workers.get(i), i);
            }
        } finally {
            workers.forEach(Process::destroyForcibly);
        }
        return new Disturbed(kills, freezes, (System.nanoTime() - start) / 1_000_000);
    }

    private void assertEndedWell(Process worker, int index) throws IOException {
        assertThat(worker.exitValue())
                .as(() -> "worker " + index + ": " + log())
                .isZero();
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Process worker(Settings settings, String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx96m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClaimsWorker.class.getName(),
                        settings.url(),
                        settings.user(),
                        name)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** What isn't there exactly once. */
    private static List<String> wrong(Settings settings) throws SQLException {
        List<String> wrong = new ArrayList<>();
        try (Connection connection = Schema.connect(settings);
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("select id, step from l3d_task where open_key is not null")) {
                while (rows.next()) {
                    wrong.add(rows.getString(1) + " is open at step " + rows.getString(2));
                }
            }
            for (int step = 1; step <= ClaimsWorker.STEPS; step++) {
                try (ResultSet rows = statement.executeQuery("select t.id, count(w.id) from l3d_task t"
                        + " left join l3d_withdrawal w on w.load_balancer_id = t.id and w.amphora_id = '" + step + "'"
                        + " group by t.id having count(w.id) <> 1")) {
                    while (rows.next()) {
                        wrong.add(rows.getString(1) + " did step " + step + " " + rows.getInt(2) + " times");
                    }
                }
            }
            try (ResultSet row = statement.executeQuery("select count(*) from l3d_task")) {
                if (!row.next() || row.getInt(1) != OPERATIONS) {
                    wrong.add("there are " + row.getInt(1) + " tasks");
                }
            }
        }
        return wrong;
    }
}
