// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.controller.core.internal.flow.Memo;
import org.l3distributor.controller.core.internal.flow.World;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.contract.MemoryStore;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.net.IpAddress;

class SnapshotsTest {
    private static final String LB = "11111111-0000-4000-8000-000000000001";

    private final MemoryStore store = new MemoryStore(Clock.systemUTC());

    private World world(String defaultDistributor) throws StoreException {
        return store.in(tx -> Snapshots.world(
                tx,
                Task.begin("task", Kind.LB_CONFIG.name(), LB, "RUN", "", tx.now()),
                Memo.EMPTY,
                defaultDistributor));
    }

    @Test
    void aLoadBalancer_staysWithTheDistributorThatHasItsVip_whateverTheDefaultIsByNow() throws StoreException {
        for (String id : List.of("before", "after")) {
            DefaultDistributor.ensure(store, id, "type-" + id);
        }
        store.run(tx -> tx.loadBalancers().insert(Things.loadBalancer(LB, "lb", "203.0.113.9")));
        assertThat(world("after").distributorId()).as("nobody has it yet").isEqualTo("after");
        assertThat(store.records(9443)
                        .replace(null, VipRecord.of(new VipKey("before", LB), List.of(IpAddress.parse("203.0.113.9")))))
                .isPresent();
        assertThat(world("after").distributorId()).isEqualTo("before");
        assertThat(world("after").distributor().orElseThrow().type()).isEqualTo("type-before");
    }
}
