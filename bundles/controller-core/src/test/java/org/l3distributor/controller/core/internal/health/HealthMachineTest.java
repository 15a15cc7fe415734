// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.controller.core.internal.health.HealthMachine.Decision;
import org.l3distributor.controller.core.internal.health.HealthMachine.Known;
import org.l3distributor.heartbeat.Heartbeat;

class HealthMachineTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final HealthMachine machine = new HealthMachine(Duration.ofSeconds(10));

    @BeforeEach
    void oneAmphora() {
        machine.known(Map.of("a", new Known(Optional.of(1)), "pending", new Known(Optional.empty())));
    }

    @Test
    void aHeartbeat_withAllListeners_isASignOfLife() {
        assertThat(at("a", 0, 1)).isEqualTo(Decision.ALIVE);
    }

    @Test
    void aHeartbeat_ofNobodyKnown_isNone() {
        assertThat(at("b", 0, 1)).isEqualTo(Decision.UNKNOWN);
        machine.known(Map.of());
        assertThat(at("a", 0, 1)).isEqualTo(Decision.UNKNOWN);
    }

    @Test
    void aHeartbeat_withTooFewOrTooManyListeners_isNoSignOfLife() {
        assertThat(at("a", 0, 0)).isEqualTo(Decision.INCOMPLETE);
        assertThat(at("a", 1, 2)).isEqualTo(Decision.INCOMPLETE);
        assertThat(at("a", 2, 1)).isEqualTo(Decision.ALIVE);
    }

    @Test
    void aHeartbeat_whileAChangeIsOnItsWay_mayHaveAnyNumberOfListeners() {
        assertThat(at("pending", 0, 0)).isEqualTo(Decision.ALIVE);
        assertThat(at("pending", 1, 7)).isEqualTo(Decision.ALIVE);
    }

    @Test
    void aHeartbeat_thatIsSentAgain_isOld_alsoTwice() {
        assertThat(at("a", 5, 1)).isEqualTo(Decision.ALIVE);
        assertThat(at("a", 6, 1)).isEqualTo(Decision.ALIVE);
        assertThat(at("a", 5, 1)).isEqualTo(Decision.OLD);
        assertThat(at("a", 5, 1)).isEqualTo(Decision.OLD);
        assertThat(at("a", 6, 1)).isEqualTo(Decision.OLD);
        assertThat(at("a", 7, 1)).isEqualTo(Decision.ALIVE);
    }

    @Test
    void anAmphora_thatWasStartedAgain_isBelievedWithItsSecondHeartbeat() {
        assertThat(at("a", 500, 1)).isEqualTo(Decision.ALIVE);
        assertThat(at("a", 0, 1)).isEqualTo(Decision.OLD);
        assertThat(at("a", 2, 1)).isEqualTo(Decision.ALIVE); // 1 went to another controller
        assertThat(at("a", 4, 1)).isEqualTo(Decision.ALIVE);
    }

    @Test
    void aHeartbeat_thatCameInTheWrongOrder_changesNothing() {
        assertThat(at("a", 10, 1)).isEqualTo(Decision.ALIVE);
        assertThat(at("a", 9, 1)).isEqualTo(Decision.OLD);
        assertThat(at("a", 11, 1)).isEqualTo(Decision.ALIVE);
        assertThat(at("a", 10, 1)).isEqualTo(Decision.OLD);
    }

    @Test
    void aHeartbeat_thatWaitedLongerThanTheInterval_isLate() {
        assertThat(machine.on(heartbeat("a", 0, 1), NOW, NOW.plusSeconds(10))).isEqualTo(Decision.ALIVE);
        assertThat(machine.on(heartbeat("a", 1, 1), NOW, NOW.plusSeconds(10).plusMillis(1)))
                .isEqualTo(Decision.LATE);
    }

    private Decision at(String amphora, long sequence, int listeners) {
        return machine.on(heartbeat(amphora, sequence, listeners), NOW, NOW);
    }

    private static Heartbeat heartbeat(String amphora, long sequence, int listeners) {
        Map<String, Heartbeat.Listener> all = new HashMap<>();
        for (int i = 0; i < listeners; i++) {
            all.put("l" + i, new Heartbeat.Listener("OPEN", Heartbeat.Counts.NONE));
        }
        return new Heartbeat(amphora, sequence, all, Map.of());
    }
}
