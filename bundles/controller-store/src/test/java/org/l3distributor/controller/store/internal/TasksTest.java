// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.relational.Dialect;

@ExtendWith(DatabaseServers.class)
class TasksTest {
    private static final Duration LEASE = Duration.ofMinutes(5);

    private static void fill(StoreOn on, int count) throws Exception {
        on.store.run(tx -> {
            for (int i = 0; i < count; i++) {
                tx.tasks().insert(Task.begin("task-" + i, "LB_CREATE", "target-" + i, "CHECKED", "{}", tx.now()));
            }
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rows that one transaction has claimed, and not committed yet, keep nobody waiting. */
    @ParameterizedTest
    @EnumSource(names = "SQLITE", mode = EnumSource.Mode.EXCLUDE)
    void claims_passOverRowsThatAreBeingClaimed(Dialect dialect) throws Exception {
        try (StoreOn on = StoreOn.fresh(dialect)) {
            fill(on, 4);
            CountDownLatch claimed = new CountDownLatch(1);
            CountDownLatch looked = new CountDownLatch(1);
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                Future<List<Task>> first = thread.submit(() -> on.store.in(tx -> {
                    List<Task> mine = tx.tasks().claim("c1", 2, LEASE);
                    claimed.countDown();
                    await(looked);
                    return mine;
                }));
                await(claimed);
                List<Task> others = on.store.in(tx -> tx.tasks().claim("c2", 10, LEASE));
                looked.countDown();
                assertThat(others).extracting(Task::id).containsExactly("task-2", "task-3");
                assertThat(first.get(30, TimeUnit.SECONDS)).extracting(Task::id).containsExactly("task-0", "task-1");
            } finally {
                thread.shutdownNow();
            }
        }
    }

    /** What is over is forgotten a day later; until then it isn't among the rows that a claim goes through. */
    @ParameterizedTest
    @EnumSource
    void aTaskThatIsOver_isNeverDue(Dialect dialect) throws Exception {
        try (StoreOn on = StoreOn.fresh(dialect)) {
            fill(on, 3);
            for (Task task : on.store.in(tx -> tx.tasks().claim("c1", 2, LEASE))) {
                on.store.run(tx ->
                        assertThat(tx.tasks().save(task.over(null, tx.now()))).isTrue());
            }
            List<String> due = on.store.in(tx -> tx.tasks().open(10)).stream()
                    .map(Task::id)
                    .toList();
            assertThat(due).containsExactly("task-2");
            Task over = on.store.in(tx -> tx.tasks().find("task-0").orElseThrow());
            assertThat(over.notBefore()).isEqualTo(Task.NEVER);
        }
    }

    /** MariaDB's text ends at 64 kB. */
    @ParameterizedTest
    @EnumSource
    void aTask_remembersMoreThanSixtyFourKilobytes(Dialect dialect) throws Exception {
        try (StoreOn on = StoreOn.fresh(dialect)) {
            fill(on, 1);
            String much = "{\"facts\":\"" + "x".repeat(200_000) + "\"}";
            Task task = on.store.in(tx -> tx.tasks().claim("c1", 1, LEASE)).get(0);
            on.store.run(tx ->
                    assertThat(tx.tasks().save(task.at("RUN", much, tx.now()))).isTrue());
            Task read = on.store.in(tx -> tx.tasks().find("task-0").orElseThrow());
            assertThat(read.data()).isEqualTo(much);
        }
    }

    /** Two controllers with two threads each do 200 tasks of three steps: each step once, none left. */
    @ParameterizedTest
    @EnumSource
    void twoControllers_doEachStepOnce(Dialect dialect) throws Exception {
        Settings settings = DatabaseServers.migrated(dialect);
        int count = dialect == Dialect.SQLITE ? 40 : 200;
        try (StoreOn one = new StoreOn(settings);
                StoreOn other = dialect == Dialect.SQLITE ? null : new StoreOn(settings)) {
            fill(one, count);
            Map<String, Integer> done = new HashMap<>();
            List<Callable<Boolean>> workers = new ArrayList<>();
            for (StoreOn on : other == null ? List.of(one, one) : List.of(one, other, one, other)) {
                String name = "worker-" + workers.size();
                workers.add(() -> work(on, name, done));
            }
            ExecutorService threads = Executors.newFixedThreadPool(workers.size());
            try {
                for (Future<Boolean> worker : threads.invokeAll(workers)) {
                    assertThat(worker.get(120, TimeUnit.SECONDS)).isTrue();
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(done)
                    .hasSize(3 * count)
                    .allSatisfy((step, times) -> assertThat(times).as(step).isEqualTo(1));
            assertThat(one.list(tx -> tx.tasks().open(10))).isEmpty();
        }
    }

    private static boolean work(StoreOn on, String name, Map<String, Integer> done) throws Exception {
        int idle = 0;
        while (idle < 3) {
            List<Task> mine = on.store.in(tx -> tx.tasks().claim(name, 5, LEASE));
            idle = mine.isEmpty() && on.store.in(tx -> tx.tasks().open(1)).isEmpty() ? idle + 1 : 0;
            for (Task task : mine) {
                int step = task.step().equals("CHECKED") ? 1 : Integer.parseInt(task.step()) + 1;
                synchronized (done) {
                    done.merge(task.id() + "/" + step, 1, Integer::sum);
                }
                on.store.run(tx -> {
                    Task next = step == 3
                            ? task.over(null, tx.now())
                            : task.at(Integer.toString(step), task.data(), tx.now());
                    assertThat(tx.tasks().save(next)).isTrue();
                    if (next.open()) {
                        assertThat(tx.tasks().release(next)).isTrue();
                    }
                });
            }
        }
        return true;
    }
}
