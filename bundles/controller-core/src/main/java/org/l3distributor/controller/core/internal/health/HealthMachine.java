// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.l3distributor.heartbeat.Heartbeat;

/**
 * Decides what becomes of a heartbeat, and who is silent. Times are those of whoever calls. Not for several threads.
 */
public final class HealthMachine {
    /** What becomes of a heartbeat. */
    public enum Decision {
        /** The amphora lives, and what it says is true. */
        ALIVE,
        /**
         * It says what it says, and isn't counted as a sign of life: it doesn't run all listeners that it should (or still
         * runs others), so that it must be replaced if it stays so. As Octavia decides.
         */
        INCOMPLETE,
        /** There is no such amphora, or it is being deleted. */
        UNKNOWN,
        /** It isn't newer than the last one. */
        OLD,
        /** It waited here for so long that it says nothing of now. */
        LATE
    }

    /**
     * What is known of an amphora.
     *
     * @param listeners how many it should run; empty while a change is on its way, when no number is wrong
     */
    public record Known(Optional<Integer> listeners) {}

    private final Duration heartbeatInterval;
    private final Sequences sequences = new Sequences();
    private Map<String, Known> amphorae = Map.of();

    /** @param heartbeatInterval what the amphorae are told to keep */
    public HealthMachine(Duration heartbeatInterval) {
        this.heartbeatInterval = heartbeatInterval;
    }

    /** All amphorae that aren't deleted, as the database has them. */
    public void known(Map<String, Known> next) {
        amphorae = Map.copyOf(next);
        sequences.retain(amphorae.keySet());
    }

    /**
     * A heartbeat that came in.
     *
     * @param received when it came in
     */
    public Decision on(Heartbeat heartbeat, Instant received, Instant now) {
        Known known = amphorae.get(heartbeat.amphora());
        if (known == null) {
            return Decision.UNKNOWN;
        }
        if (Duration.between(received, now).compareTo(heartbeatInterval) > 0) {
            return Decision.LATE;
        }
        if (!sequences.isNew(heartbeat.amphora(), heartbeat.sequence())) {
            return Decision.OLD;
        }
        int runs = heartbeat.listeners().size();
        return known.listeners().filter(wanted -> wanted != runs).isPresent() ? Decision.INCOMPLETE : Decision.ALIVE;
    }
}
