// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.l3distributor.loadbalancer.internal.Facts.LB;
import static org.l3distributor.loadbalancer.internal.Facts.VIP4;
import static org.l3distributor.loadbalancer.internal.Facts.VIP6;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.haproxy.HaproxySnapshot;

class RehearsalTest {
    private static final String AS_IT_IS = "serve [" + VIP4 + ", " + VIP6 + "]";

    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private final Engines engines = new Engines(); // of the loop
    private final ServedVips served = new ServedVips(
            loop,
            () -> false,
            leaving -> Serving.of(Facts.namespace(), engines.snapshot(), Members.NOT_ASKED, leaving),
            fresh -> {});
    private final Rehearsal rehearsal = new Rehearsal(loop, Facts::namespace, engines::snapshot, served, 1, 0);

    @AfterEach
    void end() {
        loop.shutdownNow();
    }

    private List<String> calls() throws Exception {
        return loop.submit(() -> List.copyOf(engines.calls)).get(10, TimeUnit.SECONDS);
    }

    @Test
    void whoeverAnnounces_isToldWhatHeKnows_soManyTimes_andThatIsAll() throws Exception {
        engines.snapshot = Facts.haproxy(Facts.running(LB, VIP4, VIP6));
        served.bind(engines);
        rehearsal.begin();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!rehearsal.isOver() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(rehearsal.isOver()).isTrue();
        assertThat(calls()).isEqualTo(Collections.nCopies(1 + Rehearsal.TIMES, AS_IT_IS));
        assertThat(served.vips()).allMatch(OwnVip::served);
    }

    @Test
    void whatWouldBeIfEveryHaproxyDied_isThatNothingIsServed() {
        HaproxySnapshot dead = Rehearsal.allDead(Facts.haproxy(Facts.running(LB, VIP4, VIP6)));
        assertThat(Serving.of(Facts.namespace(), dead, Members.NOT_ASKED, Set.of()))
                .extracting(OwnVip::reason)
                .containsExactly(
                        "HAProxy is not accepting on " + VIP4 + ":80 (died)",
                        "HAProxy is not accepting on [" + VIP6 + "]:80 (died)");
    }
}
