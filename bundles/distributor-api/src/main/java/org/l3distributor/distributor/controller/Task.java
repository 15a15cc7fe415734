// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that is to be brought to an end, by whichever controller holds it. A target has at most one open task.
 *
 * @param kind what, at most 32 characters
 * @param targetId to what
 * @param step how far it is, at most 32 characters
 * @param attempt how often the step was begun
 * @param data the flow's own, JSON
 * @param notBefore when it is due; {@link #NEVER} once it is over, so that nobody who looks for due ones meets it
 * @param claimedBy the controller that holds it, at most 64 characters
 * @param claimedUntil when that claim ends unless it is renewed; by the database's clock
 * @param fence grows with each claim: who held it before can save nothing any more
 * @param error why the last attempt failed
 * @param open false once it is over
 */
public record Task(
        String id,
        String kind,
        String targetId,
        String step,
        int attempt,
        String data,
        Instant notBefore,
        @Nullable String claimedBy,
        @Nullable Instant claimedUntil,
        long fence,
        @Nullable String error,
        Instant created,
        Instant updated,
        boolean open) {
    public static final Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE);

    public Task {
        Texts.id("task id", id);
        Texts.id("target id", targetId);
    }

    /** A new one, due at once. */
    public static Task begin(String id, String kind, String targetId, String step, String data, Instant now) {
        return new Task(id, kind, targetId, step, 0, data, now, null, null, 0, null, now, now, true);
    }

    /** At another step, due at once. */
    public Task at(String nextStep, String nextData, Instant now) {
        return new Task(
                id,
                kind,
                targetId,
                nextStep,
                0,
                nextData,
                now,
                claimedBy,
                claimedUntil,
                fence,
                null,
                created,
                now,
                open);
    }

    /** Once more, later. */
    public Task again(Instant due, String reason, Instant now) {
        return new Task(
                id,
                kind,
                targetId,
                step,
                attempt + 1,
                data,
                due,
                claimedBy,
                claimedUntil,
                fence,
                reason,
                created,
                now,
                open);
    }

    /** Over; with an error when it failed for good. */
    public Task over(@Nullable String reason, Instant now) {
        return new Task(
                id,
                kind,
                targetId,
                step,
                attempt,
                data,
                NEVER,
                claimedBy,
                claimedUntil,
                fence,
                reason,
                created,
                now,
                false);
    }
}
