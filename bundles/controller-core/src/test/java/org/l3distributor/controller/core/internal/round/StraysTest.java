// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StraysTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration GRACE = Duration.ofMinutes(10);

    private static Strays look(Set<String> found, Set<String> known, Map<String, Long> before) {
        return Strays.of(found, known, before, NOW, GRACE, 2);
    }

    private static long ago(int minutes) {
        return NOW.minus(Duration.ofMinutes(minutes)).toEpochMilli();
    }

    @Test
    void whatIsUnknown_isDueAfterTheGrace_andWhatARowKnowsIsNever() {
        Strays first = look(Set.of("known", "stray"), Set.of("known", "other"), Map.of());
        assertThat(first.since()).containsExactly(Map.entry("stray", NOW.toEpochMilli()));
        assertThat(first.due()).isEmpty();
        assertThat(look(Set.of("stray"), Set.of(), Map.of("stray", ago(9))).due())
                .isEmpty();
        assertThat(look(Set.of("stray"), Set.of(), Map.of("stray", ago(10))).due())
                .containsExactly("stray");
        assertThat(look(Set.of("stray"), Set.of("stray"), Map.of("stray", ago(60)))
                        .due())
                .as("a row has come, or has come back")
                .isEmpty();
    }

    @Test
    void whatWasKnownInBetween_beginsItsGraceAnew() {
        Strays known = look(Set.of("stray"), Set.of("stray"), Map.of("stray", ago(60)));
        assertThat(known.since()).isEmpty();
        assertThat(look(Set.of("stray"), Set.of(), known.since()).due()).isEmpty();
    }

    @Test
    void onlySoMany_areDueAtOnce_theLongestUnknownFirst() {
        Map<String, Long> before = Map.of("a", ago(11), "b", ago(30), "c", ago(20));
        assertThat(look(Set.of("a", "b", "c"), Set.of(), before).due()).containsExactly("b", "c");
    }

    @Test
    void aMillionStrays_areRememberedInPart() {
        Set<String> many = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            many.add("id-" + i);
        }
        Strays strays = look(many, Set.of(), Map.of());
        assertThat(strays.since()).hasSize(Notes.MOST);
        assertThat(Notes.write(strays.since()).length()).isLessThan(32_000);
        assertThat(Notes.read(Notes.write(strays.since()))).isEqualTo(strays.since());
        assertThat(Notes.read("{not json")).isEmpty();
    }
}
