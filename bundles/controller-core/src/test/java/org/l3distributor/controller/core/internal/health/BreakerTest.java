// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.l3distributor.controller.core.internal.health.Breaker.Verdict;
import org.l3distributor.distributor.controller.AmphoraHealth;

class BreakerTest {
    private static final Silence SILENCE =
            Silence.of(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(5), Duration.ofMinutes(15));
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private static AmphoraHealth silent(int number, Duration since) {
        return new AmphoraHealth("a" + number, NOW.minus(since), false);
    }

    private static AmphoraHealth busy(AmphoraHealth row) {
        return new AmphoraHealth(row.amphoraId(), row.lastUpdate(), true);
    }

    /** So many, from a number on, whose last heartbeats came within ten seconds. */
    private static List<AmphoraHealth> together(int from, int count, Duration since) {
        return new ArrayList<>(IntStream.range(0, count)
                .mapToObj(i -> silent(from + i, since.plusMillis(10_000L * i / count)))
                .toList());
    }

    private static Verdict judge(long all, List<AmphoraHealth> late) {
        return Breaker.judge(SILENCE, late, all, NOW);
    }

    private static final Duration JUST = Duration.ofSeconds(61);

    @Test
    void aFewThatFellSilentTogether_ofFewOrMany_areDead() {
        assertThat(judge(4, together(0, 3, JUST)).dead()).hasSize(3);
        assertThat(judge(500, together(0, 100, JUST)).dead()).hasSize(100);
        assertThat(judge(500, together(0, 100, JUST)).masses()).isEmpty();
    }

    @Test
    void manyThatFellSilentTogether_areHeld() {
        for (long[] place : new long[][] {{4, 4}, {16, 4}, {500, 101}, {500, 500}}) {
            Verdict verdict = judge(place[0], together(0, (int) place[1], JUST));
            assertThat(verdict.dead()).isEmpty();
            assertThat(verdict.held()).hasSize((int) place[1]);
            assertThat(verdict.masses())
                    .singleElement()
                    .satisfies(mass -> assertThat(mass.trial()).isEmpty());
        }
    }

    /** The first of 500 is silent for a minute, the others are late: they were heard up to an interval later. */
    @Test
    void aNetworkThatGoesDown_isFoundBeforeTheFirstIsDeclaredDead() {
        List<AmphoraHealth> late = together(0, 499, Duration.ofSeconds(50));
        late.add(silent(499, JUST));
        assertThat(judge(500, late).dead()).isEmpty();
    }

    @Test
    void thoseDeclaredDeadAlready_countWithThoseThatFellSilentTogetherWithThem() {
        List<AmphoraHealth> late = new ArrayList<>();
        together(0, 3, JUST).forEach(row -> late.add(busy(row)));
        late.addAll(together(3, 1, JUST));
        assertThat(judge(4, late).dead()).isEmpty();
        assertThat(judge(4, late).held()).containsExactly("a3");
    }

    /** Nobody makes machines, and amphorae die hours apart. */
    @Test
    void thoseThatWaitToBeReplaced_keepNobodyElseFromBeingDeclaredDead() {
        List<AmphoraHealth> late = new ArrayList<>();
        for (int hours = 1; hours <= 3; hours++) {
            late.add(busy(silent(hours, Duration.ofHours(hours))));
        }
        late.add(silent(4, JUST));
        assertThat(judge(16, late).dead()).containsExactly("a4");
    }

    @Test
    void whileSomeAreHeld_anotherThatFallsSilentLaterIsDead() {
        List<AmphoraHealth> late = together(0, 200, Duration.ofMinutes(10));
        late.add(silent(200, JUST));
        Verdict verdict = judge(500, late);
        assertThat(verdict.dead()).containsExactly("a200");
        assertThat(verdict.held()).hasSize(200).doesNotContain("a200");
    }

    @Test
    void twoMassFailures_areTwo_andOneThatGoesOnIsOne() {
        List<AmphoraHealth> two = together(0, 4, Duration.ofHours(1));
        two.addAll(together(4, 4, JUST));
        assertThat(judge(16, two).masses()).hasSize(2);
        List<AmphoraHealth> one = together(0, 4, Duration.ofMinutes(8));
        one.addAll(together(4, 2, Duration.ofMinutes(5)));
        one.addAll(together(6, 3, Duration.ofMinutes(2)));
        assertThat(judge(16, one).masses())
                .singleElement()
                .satisfies(mass -> assertThat(mass.amphorae()).hasSize(9));
    }

    @Test
    void afterThePatience_oneIsTried_andTheNextWhenThatOneIsReplaced() {
        Duration enough = SILENCE.timeout().plus(SILENCE.patience());
        List<AmphoraHealth> late = together(0, 5, enough.minusSeconds(1));
        assertThat(judge(16, late).masses().get(0).trial()).isEmpty();
        late = together(0, 5, enough.plusSeconds(1));
        Verdict verdict = judge(16, late);
        assertThat(verdict.dead()).isEmpty();
        assertThat(verdict.masses().get(0).trial()).hasSize(5);
        late.set(2, busy(late.get(2)));
        assertThat(judge(16, late).masses().get(0).trial()).isEmpty();
        late.remove(2); // replaced: its row is gone
        assertThat(judge(16, late).masses().get(0).trial()).hasSize(4);
        late.remove(2); // and now they aren't many any more
        assertThat(judge(16, late).dead()).hasSize(3);
    }

    @Test
    void withoutPatience_nobodyIsTried() {
        Silence never =
                Silence.of(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(5), Duration.ZERO);
        Verdict verdict = Breaker.judge(never, together(0, 5, Duration.ofDays(3)), 16, NOW);
        assertThat(verdict.masses().get(0).trial()).isEmpty();
    }

    @Test
    void whoWasGivenUp_isDead_andCountsWithNobody() {
        List<AmphoraHealth> late = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            late.add(new AmphoraHealth("a" + i, AmphoraHealth.GIVEN_UP, i == 7));
        }
        late.addAll(together(400, 2, JUST));
        Verdict verdict = judge(500, late);
        assertThat(verdict.masses()).isEmpty();
        assertThat(verdict.dead()).hasSize(401).doesNotContain("a7").endsWith("a400");
    }

    /** Whatever the tables hold: of those declared dead no more than the threshold fell silent within a window. */
    @Test
    void thoseWhoMayBeDeclaredDead_areNeverMany_andNobodyIsLost() {
        Random random = new Random(3);
        for (int run = 0; run < 2_000; run++) {
            int count = 1 + random.nextInt(60);
            int span = 1 + random.nextInt(3_000);
            List<AmphoraHealth> late = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                AmphoraHealth row = silent(i, Duration.ofSeconds(30 + random.nextInt(span)));
                late.add(random.nextInt(4) == 0 ? busy(row) : row);
            }
            Collections.shuffle(late, random);
            Verdict verdict = judge(count, late);
            for (AmphoraHealth row : late) {
                String id = row.amphoraId();
                long near = late.stream()
                        .filter(o -> !o.lastUpdate().isBefore(row.lastUpdate())
                                && !o.lastUpdate().isAfter(row.lastUpdate().plus(SILENCE.window())))
                        .count();
                boolean dead = verdict.dead().contains(id);
                if (dead) {
                    assertThat(near).isLessThanOrEqualTo(Breaker.threshold(count));
                }
                boolean silent = row.lastUpdate().isBefore(NOW.minus(SILENCE.timeout())) && !row.busy();
                assertThat(dead && (row.busy() || verdict.held().contains(id))).isFalse();
                assertThat(!silent || dead || verdict.held().contains(id))
                        .as("declared dead or held")
                        .isTrue();
            }
        }
    }
}
