// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.beat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.contract.MemoryStore;
import org.l3distributor.distributor.store.contract.Things;

class TablesTest {
    private static final String LB = "11111111-0000-4000-8000-000000000001";

    private final MemoryStore store = new MemoryStore(Clock.systemUTC());

    private Optional<Integer> wanted() throws StoreException {
        return store.in(tx -> Tables.read(tx, Duration.ofSeconds(60)))
                .known()
                .get("amphora-1")
                .listeners();
    }

    @Test
    void whileAListenerIsInError_nobodyKnowsHowManyAnAmphoraShouldRun() throws StoreException {
        store.run(tx -> {
            LoadBalancer lb = Things.loadBalancer(LB, "lb", "203.0.113.9");
            tx.loadBalancers().insert(lb.with(lb.header().with(ProvisioningStatus.ACTIVE)));
            tx.amphorae().insert(Things.amphora("amphora-1", LB, "192.0.2.1", "198.51.100.1"));
            for (int port : new int[] {80, 81}) {
                Listener listener = Things.listener("listener-" + port, LB, port, null);
                tx.listeners().insert(listener.with(listener.header().with(ProvisioningStatus.ACTIVE)));
            }
        });
        assertThat(wanted()).contains(2);
        store.run(tx -> {
            Listener read = tx.listeners().find("listener-81").orElseThrow();
            tx.listeners().update(read, read.with(read.header().with(ProvisioningStatus.ERROR)));
        });
        assertThat(wanted()).isEmpty();
    }
}
