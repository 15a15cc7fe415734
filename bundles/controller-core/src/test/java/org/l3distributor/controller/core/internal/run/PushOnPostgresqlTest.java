// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.l3distributor.controller.core.internal.flow.Memo;
import org.l3distributor.controller.core.internal.flow.World;
import org.l3distributor.controller.store.internal.DatabaseServers;
import org.l3distributor.controller.store.internal.StoreOn;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.relational.Dialect;

/** A change of the profile, at the same time as a push that has seen what was before. */
@ExtendWith(DatabaseServers.class)
class PushOnPostgresqlTest {
    private static final String LB = "11111111-0000-4000-8000-000000000001";
    private static final Amphora AMPHORA = Things.amphora("amphora-1", LB, "192.0.2.1", "198.51.100.1");
    private static final BgpSpeaker BEFORE = speaker(64512);

    private static BgpSpeaker speaker(long as) {
        return new BgpSpeaker("s", AddressFamily.IPV4, new AsNumber(as), "s", null, List.of(), 0);
    }

    @Test
    void aChange_thatComesWhileThePushEnds_isPushedByAnother() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (StoreOn on = StoreOn.fresh(Dialect.POSTGRESQL)) {
            ControllerStore store = on.store();
            store.run(tx -> {
                tx.loadBalancers().insert(Things.loadBalancer(LB, "lb", "203.0.113.9"));
                tx.amphorae().insert(AMPHORA);
                tx.speakers().insert(BEFORE);
                tx.speakers().assign("s", AMPHORA.id());
                new Writer(tx).push(AMPHORA);
            });
            Task push = store.in(tx -> tx.tasks().claim("c", 1, Duration.ofMinutes(5)))
                    .get(0);
            CountDownLatch seen = new CountDownLatch(1);
            CountDownLatch changed = new CountDownLatch(1);
            Future<World> ending = thread.submit(() -> store.in(tx -> {
                World world = Snapshots.world(tx, push, Memo.about(LB), "distributor");
                seen.countDown();
                awaits(changed, 2); // in vain, as it should be: the change waits for this
                assertThat(tx.tasks().save(push.over(null, tx.now()))).isTrue();
                return world;
            }));
            assertThat(awaits(seen, 30)).isTrue();
            store.run(tx -> {
                assertThat(tx.speakers().update(BEFORE, speaker(64513))).isTrue();
                new Writer(tx).push(AMPHORA);
            });
            changed.countDown();
            assertThat(ending.get(30, TimeUnit.SECONDS).profile()).startsWith("s@0");
            Optional<Task> another = store.in(tx -> tx.tasks().findOpen(AMPHORA.id()));
            assertThat(another).isPresent();
        } finally {
            thread.shutdownNow();
        }
    }

    private static boolean awaits(CountDownLatch latch, int seconds) {
        try {
            return latch.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
