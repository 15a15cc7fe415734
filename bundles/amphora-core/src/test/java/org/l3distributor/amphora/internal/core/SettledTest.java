// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the world may ask: not while the first look at the store is still under way. */
class SettledTest {
    private final World world = new World();

    private boolean settled() {
        return world.core.settled().toCompletableFuture().isDone();
    }

    @Test
    void core_isSettledWhenTheRegistrationsWereReadAndNotBefore() {
        world.core.start();
        world.settle();
        assertThat(settled()).isFalse();
        world.core.bound(world.store);
        world.loopOnly();
        assertThat(settled()).isFalse();
        world.settle();
        assertThat(settled()).isTrue();
    }

    @Test
    void core_whoseStoreCannotBeRead_isSettledForItIsKnownWhy() {
        world.store.fault = "disk full";
        world.core.bound(world.store);
        world.settle();
        assertThat(settled()).isTrue();
        assertThat(world.core.readiness().conditions()).anyMatch(c -> c.reason().contains("disk full"));
    }

    @Test
    void core_withoutAStore_isSettledWhenItHasWaitedLongEnough() {
        world.core.start();
        world.pass(Duration.ofSeconds(29));
        assertThat(settled()).isFalse();
        world.pass(Duration.ofSeconds(2));
        assertThat(settled()).isTrue();
    }
}
