// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

    @Test
    void after_doublesUpToTheBound() {
        assertThat(backoff.after(1, 0)).isEqualTo(Duration.ofMillis(100));
        assertThat(backoff.after(2, 0)).isEqualTo(Duration.ofMillis(200));
        assertThat(backoff.after(5, 0)).isEqualTo(Duration.ofMillis(1600));
        assertThat(backoff.after(6, 0)).isEqualTo(Duration.ofSeconds(2));
        assertThat(backoff.after(Integer.MAX_VALUE, 0)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void after_isByChanceUpToHalfOfItLess() {
        for (int failures = 1; failures < 100; failures++) {
            for (double chance = 0; chance < 1; chance += 0.01) {
                Duration least = backoff.after(failures, 1);
                Duration most = backoff.after(failures, 0);
                assertThat(backoff.after(failures, chance)).isBetween(least, most);
                assertThat(least.multipliedBy(2)).isEqualTo(most);
            }
        }
    }

    @Test
    void backoff_withoutAWait_isRefused() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
