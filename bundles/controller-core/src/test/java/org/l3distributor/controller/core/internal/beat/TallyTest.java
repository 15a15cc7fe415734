// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.beat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.controller.ListenerStatistics;
import org.l3distributor.heartbeat.Heartbeat;

class TallyTest {
    private final Tally tally = new Tally();

    private void heard(String amphora, Heartbeat.Counts counts) {
        tally.add(
                new Heartbeat(amphora, 0, Map.of("l", new Heartbeat.Listener("OPEN", counts)), Map.of()), Set.of("l"));
    }

    private static Heartbeat.Counts counts(long bytes, long connections) {
        return new Heartbeat.Counts(bytes, 2 * bytes, connections, 1, 0);
    }

    @Test
    void whatIsNotWritten_isAddedUp_andTheOpenConnectionsAreTheLast() {
        heard("a", counts(10, 5));
        heard("a", counts(1, 3));
        heard("b", counts(7, 7));
        assertThat(tally.due())
                .containsExactly(
                        new ListenerStatistics("l", "a", 11, 22, 3, 2, 0),
                        new ListenerStatistics("l", "b", 7, 14, 7, 1, 0));
        tally.written();
        assertThat(tally.due()).isEmpty();
    }

    @Test
    void theFirstHeartbeatWithoutTraffic_isWritten_andTheNextOnesAreNot() {
        heard("a", counts(10, 5));
        tally.written();
        heard("a", Heartbeat.Counts.NONE);
        assertThat(tally.due()).containsExactly(new ListenerStatistics("l", "a", 0, 0, 0, 0, 0));
        tally.written();
        heard("a", Heartbeat.Counts.NONE);
        assertThat(tally.due()).isEmpty();
    }

    @Test
    void aListenerThatIsNotThere_isNotCounted_andOneThatGoesIsForgotten() {
        tally.add(
                new Heartbeat("a", 0, Map.of("x", new Heartbeat.Listener("OPEN", counts(1, 1))), Map.of()),
                Set.of("l"));
        assertThat(tally.due()).isEmpty();
        heard("a", counts(1, 1));
        tally.retain(Set.of("a"), Set.of());
        assertThat(tally.due()).isEmpty();
    }
}
