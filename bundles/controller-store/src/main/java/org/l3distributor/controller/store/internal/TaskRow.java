// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Task;

/** A row of table l3d_task. Times are milliseconds of the epoch. */
@Entity(name = "TaskRow")
@Table(name = "l3d_task")
class TaskRow {
    @Id
    @Column(name = "id")
    String id = "";

    @Column(name = "kind")
    String kind = "";

    @Column(name = "target_id")
    String targetId = "";

    @Column(name = "step")
    String step = "";

    @Column(name = "attempt")
    int attempt;

    @Column(name = "data")
    String data = "";

    @Column(name = "not_before")
    long notBefore;

    @Column(name = "claimed_by")
    @Nullable
    String claimedBy;

    @Column(name = "claimed_until")
    @Nullable
    Long claimedUntil;

    @Column(name = "fence")
    long fence;

    @Column(name = "error")
    @Nullable
    String error;

    @Column(name = "created")
    long created;

    @Column(name = "updated")
    long updated;

    /** The target while the task is open, else null: unique, so that a target has one open task. */
    @Column(name = "open_key")
    @Nullable
    String openKey;

    Task toValue() {
        return new Task(
                id,
                kind,
                targetId,
                step,
                attempt,
                data,
                Instant.ofEpochMilli(notBefore),
                claimedBy,
                claimedUntil == null ? null : Instant.ofEpochMilli(claimedUntil),
                fence,
                error,
                Instant.ofEpochMilli(created),
                Instant.ofEpochMilli(updated),
                openKey != null);
    }

    /** All but who holds it. */
    void set(Task task) {
        kind = task.kind();
        targetId = task.targetId();
        step = task.step();
        attempt = task.attempt();
        data = task.data();
        notBefore = task.notBefore().toEpochMilli();
        error = task.error();
        created = task.created().toEpochMilli();
        updated = task.updated().toEpochMilli();
        openKey = task.open() ? task.targetId() : null;
    }
}
