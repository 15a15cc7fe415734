// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines that the runner of tasks may emit. */
public final class WorkLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.l3distributor.controller.tasks");

    private final Map<String, String> troubles = new ConcurrentHashMap<>();
    private volatile boolean away;

    /** A task that waits is looked at again in a moment, for minutes while machines boot: no line for people. */
    void ended(Task task, TaskRun.Ending ending) {
        if (ending == TaskRun.Ending.WAITS) {
            LOG.debug("task={} kind={} target={} ending={}", task.id(), task.kind(), task.targetId(), ending);
        } else {
            LOG.info("task={} kind={} target={} ending={}", task.id(), task.kind(), task.targetId(), ending);
        }
    }

    /** What is wrong, when it changes; "" = nothing. */
    void round(Task task, String trouble) {
        String before = troubles.put(task.kind(), trouble);
        if (!trouble.equals(before == null ? "" : before)) {
            if (trouble.isEmpty()) {
                LOG.info("round={} trouble=over", task.kind());
            } else {
                LOG.warn("round={} trouble=\"{}\"", task.kind(), trouble);
            }
        }
    }

    void lost(Task task) {
        LOG.warn("task={} kind={} target={} claim=lost", task.id(), task.kind(), task.targetId());
    }

    void interrupted(Task task, StoreException e) {
        LOG.warn("task={} kind={} interrupted=\"{}\"", task.id(), task.kind(), e.getMessage());
    }

    void bug(String where, RuntimeException e) {
        LOG.error("fault=\"{}\"", where, e);
    }

    /** Once, and not at every poll. */
    public void unreachable(StoreException e) {
        if (!away) {
            away = true;
            LOG.warn("tables=away reason=\"{}\"", e.getMessage());
        }
    }

    void reachable() {
        if (away) {
            away = false;
            LOG.info("tables=back");
        }
    }
}
