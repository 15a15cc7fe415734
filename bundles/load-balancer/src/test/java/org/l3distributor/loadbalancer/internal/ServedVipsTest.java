// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServedVipsTest {
    @Test
    void unbind_afterItHasLeftAndItsLoopHasEnded_isNothing() throws Exception {
        Engines announcer = new Engines();
        ExecutorService loop = Executors.newSingleThreadExecutor();
        ServedVips served = new ServedVips(loop, () -> false, leaving -> List.of());
        served.bind(announcer);
        served.leave().toCompletableFuture().get(10, TimeUnit.SECONDS);
        loop.shutdownNow();
        assertThatCode(() -> served.unbind(announcer)).doesNotThrowAnyException();
        assertThat(announcer.calls).contains("leave");
    }
}
