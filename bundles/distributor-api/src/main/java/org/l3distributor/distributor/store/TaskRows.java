// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.l3distributor.distributor.controller.Task;
import org.osgi.annotation.versioning.ProviderType;

/** Table l3d_task. Times are the database's. */
@ProviderType
public interface TaskRows {
    Optional<Task> find(String id);

    /** The open task of a target. */
    Optional<Task> findOpen(String targetId);

    /** All open ones, the earliest due first. */
    List<Task> open(int max);

    /** Adds one; a target that has an open one already makes it a {@link StoreConflict}. */
    void insert(Task task);

    /**
     * Claims open tasks that are due and that nobody holds (or whose claim has ended), with the next fence each. One
     * that another transaction is about to claim is passed over.
     *
     * @param kinds only tasks of these kinds; empty: of any
     * @return at most {@code max}, the longest due first
     */
    List<Task> claim(String controllerId, Set<String> kinds, int max, Duration lease);

    /** The same, of any kind. */
    default List<Task> claim(String controllerId, int max, Duration lease) {
        return claim(controllerId, Set.of(), max, lease);
    }

    /**
     * Writes the task (step, attempt, data, due, error, open) if its fence is still the row's, and locks the row until the
     * transaction ends; the claim stays as it is while the task is open.
     *
     * @return false when it was claimed by somebody else since, or somebody ended it, and nothing was changed
     */
    boolean save(Task task);

    /** Makes the claim last from now on; false when it was claimed by somebody else since. */
    boolean renew(Task task, Duration lease);

    /** Gives the claim back: whoever comes next may have it. False when it was claimed by somebody else since, or is over. */
    boolean release(Task task);

    /**
     * Makes an open task due now, where it is due later: something that it waits for has happened. Its row is locked until the
     * transaction ends.
     *
     * @return false when there is none
     */
    boolean hasten(String targetId);

    /** Removes tasks that were over before; answers how many. */
    int forget(Instant before);
}
