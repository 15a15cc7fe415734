// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.persistence.EntityManager;
import javax.persistence.LockModeType;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.store.TaskRows;

/** Table l3d_task. */
final class TaskTable implements TaskRows {
    private final EntityManager em;
    private final Sql sql;

    TaskTable(EntityManager em, Sql sql) {
        this.em = em;
        this.sql = sql;
    }

    @Override
    public Optional<Task> find(String id) {
        return Optional.ofNullable(em.find(TaskRow.class, id)).map(TaskRow::toValue);
    }

    @Override
    public Optional<Task> findOpen(String targetId) {
        return em.createQuery("select t from TaskRow t where t.openKey = :target", TaskRow.class)
                .setParameter("target", targetId)
                .getResultStream()
                .findFirst()
                .map(TaskRow::toValue);
    }

    @Override
    public List<Task> open(int max) {
        return em.createQuery(
                        "select t from TaskRow t where t.openKey is not null order by t.notBefore, t.id", TaskRow.class)
                .setMaxResults(max)
                .getResultStream()
                .map(TaskRow::toValue)
                .toList();
    }

    @Override
    public void insert(Task task) {
        TaskRow row = new TaskRow();
        row.id = task.id();
        row.set(task);
        em.persist(row);
        em.flush();
    }

    @Override
    public List<Task> claim(String controllerId, Set<String> kinds, int max, Duration lease) {
        long now = sql.now().toEpochMilli();
        String ofKinds = kinds.isEmpty() ? "" : " and kind in (" + "?, ".repeat(kinds.size() - 1) + "?)";
        List<Object> parameters = new ArrayList<>(List.of(now, now));
        parameters.addAll(kinds);
        parameters.add(max);
        List<String> ids = sql.claim(
                "select id from l3d_task where open_key is not null and not_before <= ?"
                        + " and (claimed_until is null or claimed_until < ?)" + ofKinds
                        + " order by not_before, id limit ?",
                parameters.toArray());
        List<TaskRow> rows = new ArrayList<>();
        for (String id : ids) {
            TaskRow row = em.find(TaskRow.class, id);
            em.refresh(row);
            row.claimedBy = controllerId;
            row.claimedUntil = now + lease.toMillis();
            row.fence++;
            rows.add(row);
        }
        em.flush();
        return rows.stream().map(TaskRow::toValue).toList();
    }

    /** The row, locked, if the task's fence is still its own, and it isn't over. */
    private @Nullable TaskRow held(Task task) {
        TaskRow row = em.find(TaskRow.class, task.id(), LockModeType.PESSIMISTIC_WRITE);
        return row == null || row.fence != task.fence() || row.openKey == null ? null : row;
    }

    @Override
    public boolean save(Task task) {
        TaskRow row = held(task);
        if (row == null) {
            return false;
        }
        row.set(task);
        if (!task.open()) {
            unclaim(row);
        }
        em.flush();
        return true;
    }

    private static void unclaim(TaskRow row) {
        row.claimedBy = null;
        row.claimedUntil = null;
    }

    @Override
    public boolean renew(Task task, Duration lease) {
        TaskRow row = held(task);
        if (row == null || row.claimedBy == null) {
            return false;
        }
        row.claimedUntil = sql.now().plus(lease).toEpochMilli();
        em.flush();
        return true;
    }

    @Override
    public boolean release(Task task) {
        TaskRow row = held(task);
        if (row == null) {
            return false;
        }
        unclaim(row);
        em.flush();
        return true;
    }

    @Override
    public boolean hasten(String targetId) {
        Optional<Task> open = findOpen(targetId);
        if (open.isEmpty()) {
            return false;
        }
        TaskRow row = em.find(TaskRow.class, open.get().id(), LockModeType.PESSIMISTIC_WRITE);
        if (row == null || row.openKey == null) {
            return false;
        }
        row.notBefore = Math.min(row.notBefore, sql.now().toEpochMilli());
        em.flush();
        return true;
    }

    @Override
    public int forget(Instant before) {
        return em.createQuery("delete from TaskRow t where t.openKey is null and t.updated < :before")
                .setParameter("before", before.toEpochMilli())
                .executeUpdate();
    }
}
