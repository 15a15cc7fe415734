// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Breaker.Rules RULES =
            new Breaker.Rules(3, Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofSeconds(5));

    private static Breaker failed(int times) {
        Breaker breaker = Breaker.CLOSED;
        for (int i = 0; i < times; i++) {
            breaker = breaker.failed(T0, RULES);
        }
        return breaker;
    }

    @Test
    void failures_belowTheBound_keepItClosed() {
        assertThat(failed(2).state()).isEqualTo(Breaker.State.CLOSED);
        assertThat(failed(2).ask(T0, RULES).granted()).isTrue();
    }

    @Test
    void failures_atTheBound_openItForItsRest() {
        Breaker open = failed(3);
        assertThat(open.ask(T0, RULES).granted()).isFalse();
        assertThat(open.ask(T0, RULES).notBefore()).isEqualTo(T0.plusSeconds(1));
        assertThat(open.ask(T0.plusMillis(999), RULES).granted()).isFalse();
    }

    @Test
    void rest_thatIsOver_letsOneTryAndNoSecond() {
        Breaker.Permit first = failed(3).ask(T0.plusSeconds(1), RULES);
        assertThat(first.granted()).isTrue();
        assertThat(first.breaker().ask(T0.plusSeconds(2), RULES).granted()).isFalse();
    }

    @Test
    void try_thatIsLost_makesRoomForAnother() {
        Breaker probing = failed(3).ask(T0.plusSeconds(1), RULES).breaker();
        assertThat(probing.ask(T0.plusSeconds(6), RULES).granted()).isTrue();
    }

    @Test
    void try_thatFails_doublesTheRestUpToItsBound() {
        Breaker breaker = failed(3);
        Instant now = T0;
        for (int rest : new int[] {1, 2, 4, 8, 8, 8}) {
            assertThat(breaker.until()).isEqualTo(now.plusSeconds(rest));
            now = now.plusSeconds(rest);
            breaker = breaker.ask(now, RULES).breaker().failed(now, RULES);
        }
        assertThat(breaker.failures()).isEqualTo(9);
    }

    @Test
    void success_forgetsEverything() {
        assertThat(failed(3).ask(T0.plusSeconds(1), RULES).breaker().succeeded())
                .isEqualTo(Breaker.CLOSED);
    }

    /** Every state that any sequence of nine events can lead to. */
    @Test
    void anySequence_neverLetsTwoTriesThroughOrStaysShutForGood() {
        record Case(Breaker breaker, Instant now, int left) {}
        Set<Case> seen = new HashSet<>();
        Deque<Case> todo = new ArrayDeque<>(Set.of(new Case(Breaker.CLOSED, T0, 9)));
        while (!todo.isEmpty()) {
            Case one = todo.pop();
            if (one.left == 0 || !seen.add(one)) {
                continue;
            }
            Breaker.Permit permit = one.breaker.ask(one.now, RULES);
            if (permit.granted() && one.breaker.state() != Breaker.State.CLOSED) {
                assertThat(permit.breaker().ask(one.now, RULES).granted()).isFalse();
            }
            if (!permit.granted()) {
                assertThat(permit.notBefore()).isBetween(one.now, one.now.plusSeconds(8));
                assertThat(one.breaker.ask(permit.notBefore(), RULES).granted()).isTrue();
            }
            Breaker next = permit.breaker();
            todo.push(new Case(next.failed(one.now, RULES), one.now, one.left - 1));
            todo.push(new Case(next.succeeded(), one.now, one.left - 1));
            todo.push(new Case(next, one.now.plusSeconds(1), one.left - 1));
        }
        assertThat(seen).hasSizeGreaterThan(50);
    }
}
