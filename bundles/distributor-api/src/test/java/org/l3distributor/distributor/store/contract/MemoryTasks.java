// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.store.TaskRows;

final class MemoryTasks implements TaskRows {
    private final SortedMap<String, Task> rows;
    private final Instant now;

    MemoryTasks(SortedMap<String, Task> rows, Instant now) {
        this.rows = rows;
        this.now = now;
    }

    @Override
    public Optional<Task> find(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    @Override
    public Optional<Task> findOpen(String targetId) {
        return rows.values().stream()
                .filter(t -> t.open() && t.targetId().equals(targetId))
                .findFirst();
    }

    private Stream<Task> byDue() {
        return rows.values().stream()
                .filter(Task::open)
                .sorted(Comparator.comparing(Task::notBefore).thenComparing(Task::id));
    }

    @Override
    public List<Task> open(int max) {
        return byDue().limit(max).toList();
    }

    @Override
    public void insert(Task task) {
        MemoryStore.Contradiction.unless(!rows.containsKey(task.id()), "task " + task.id() + " is there already");
        MemoryStore.Contradiction.unless(
                !task.open() || findOpen(task.targetId()).isEmpty(), task.targetId() + " has an open task");
        rows.put(task.id(), task);
    }

    @Override
    public List<Task> claim(String controllerId, Set<String> kinds, int max, Duration lease) {
        List<Task> claimed = byDue().filter(t -> !t.notBefore().isAfter(now))
                .filter(t -> kinds.isEmpty() || kinds.contains(t.kind()))
                .filter(t -> t.claimedUntil() == null || t.claimedUntil().isBefore(now))
                .limit(max)
                .map(t -> claim(t, controllerId, now.plus(lease), t.fence() + 1))
                .toList();
        claimed.forEach(t -> rows.put(t.id(), t));
        return claimed;
    }

    private static Task claim(Task t, String by, Instant until, long fence) {
        return new Task(
                t.id(),
                t.kind(),
                t.targetId(),
                t.step(),
                t.attempt(),
                t.data(),
                t.notBefore(),
                by,
                until,
                fence,
                t.error(),
                t.created(),
                t.updated(),
                t.open());
    }

    private Optional<Task> held(Task task) {
        return find(task.id()).filter(row -> row.fence() == task.fence() && row.open());
    }

    @Override
    public boolean save(Task task) {
        Optional<Task> row = held(task);
        row.ifPresent(r -> {
            rows.remove(r.id()); // its target is free, unless it stays open
            MemoryStore.Contradiction.unless(
                    !task.open() || findOpen(task.targetId()).isEmpty(), task.targetId() + " has an open task");
            rows.put(
                    r.id(),
                    claim(task, task.open() ? r.claimedBy() : null, task.open() ? r.claimedUntil() : null, r.fence()));
        });
        return row.isPresent();
    }

    @Override
    public boolean renew(Task task, Duration lease) {
        Optional<Task> row = held(task).filter(r -> r.claimedBy() != null);
        row.ifPresent(r -> rows.put(r.id(), claim(r, r.claimedBy(), now.plus(lease), r.fence())));
        return row.isPresent();
    }

    @Override
    public boolean release(Task task) {
        Optional<Task> row = held(task);
        row.ifPresent(r -> rows.put(r.id(), claim(r, null, null, r.fence())));
        return row.isPresent();
    }

    @Override
    public boolean hasten(String targetId) {
        Optional<Task> row = findOpen(targetId);
        row.filter(r -> r.notBefore().isAfter(now))
                .ifPresent(r -> rows.put(
                        r.id(),
                        new Task(
                                r.id(),
                                r.kind(),
                                r.targetId(),
                                r.step(),
                                r.attempt(),
                                r.data(),
                                now,
                                r.claimedBy(),
                                r.claimedUntil(),
                                r.fence(),
                                r.error(),
                                r.created(),
                                r.updated(),
                                true)));
        return row.isPresent();
    }

    @Override
    public int forget(Instant before) {
        int size = rows.size();
        rows.values().removeIf(t -> !t.open() && t.updated().isBefore(before));
        return size - rows.size();
    }
}
