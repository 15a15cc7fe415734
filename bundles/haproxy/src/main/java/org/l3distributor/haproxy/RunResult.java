// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy;

/** What became of a start, reload, stop or delete. */
public sealed interface RunResult {
    /**
     * Done, and seen: after a start or reload the new worker has answered.
     *
     * @param details in the words of Octavia's agent; empty after a delete
     */
    record Done(String details) implements RunResult {}

    /** Nothing was ever uploaded for it. Octavia's agent answers 404. */
    record Unknown(String loadBalancer) implements RunResult {}

    /**
     * It failed. Octavia's agent answers 500.
     *
     * @param message in the words of Octavia's agent ({@code Error starting haproxy})
     * @param details HAProxy's own words, or ours
     */
    record Failed(String message, String details) implements RunResult {}
}
