// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BreakerTest {
    @Test
    void aFewDeadAmphorae_ofFewOrMany_leaveItClosed() {
        assertThat(Breaker.CLOSED.seen(4, 3).open()).isFalse();
        assertThat(Breaker.CLOSED.seen(500, 100).open()).isFalse();
    }

    @Test
    void aMassFailure_opensIt() {
        assertThat(Breaker.CLOSED.seen(4, 4).open()).isTrue();
        assertThat(Breaker.CLOSED.seen(500, 101).open()).isTrue();
        assertThat(Breaker.CLOSED.seen(500, 500).open()).isTrue();
    }

    @Test
    void anOpenOne_closesWhenHalfOfTheWorstAreBack_andDoesNotOpenAgainForTheRest() {
        Breaker breaker = Breaker.CLOSED.seen(500, 300).seen(500, 500).seen(500, 251);
        assertThat(breaker.open()).isTrue();
        breaker = breaker.seen(500, 250);
        assertThat(breaker.open()).isFalse();
        assertThat(breaker.seen(500, 250).open()).isFalse();
        assertThat(breaker.seen(500, 350).open()).isFalse();
        assertThat(breaker.seen(500, 351).open()).isTrue();
    }

    @Test
    void thoseWhoWereForgiven_andCameBack_areNotForgivenTwice() {
        Breaker breaker = Breaker.CLOSED.seen(500, 500).seen(500, 250).seen(500, 0);
        assertThat(breaker.seen(500, 101).open()).isTrue();
    }

    @Test
    void anOperator_closesItForThoseWhoAreSilentNow() {
        Breaker breaker = Breaker.CLOSED.seen(500, 400).closed(400);
        assertThat(breaker.seen(500, 400).open()).isFalse();
        assertThat(breaker.seen(500, 500).open()).isFalse();
        assertThat(breaker.seen(500, 501).open()).isTrue();
    }

    /** Whatever is seen: closed means that no more than the threshold fell silent since it was closed last. */
    @Test
    void whileItIsClosed_noMoreThanTheThresholdFellSilentTogether() {
        Random random = new Random(3);
        for (int run = 0; run < 2_000; run++) {
            long all = 1 + random.nextInt(600);
            Breaker breaker = Breaker.CLOSED;
            for (int look = 0; look < 30; look++) {
                long silent = random.nextInt((int) all + 1);
                Breaker next = breaker.seen(all, silent);
                if (!breaker.open() && !next.open()) {
                    assertThat(silent - breaker.forgiven()).isLessThanOrEqualTo(Breaker.threshold(all));
                }
                if (next.open()) {
                    assertThat(silent).isGreaterThan(Breaker.ALWAYS);
                    assertThat(next.worst()).isGreaterThanOrEqualTo(silent);
                }
                if (silent == 0) {
                    assertThat(next).isEqualTo(Breaker.CLOSED);
                }
                breaker = next;
            }
        }
    }
}
