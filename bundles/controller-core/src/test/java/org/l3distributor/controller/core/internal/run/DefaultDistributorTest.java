// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.contract.MemoryStore;

class DefaultDistributorTest {
    @Test
    void ensure_makesTheRowOnce_andLeavesWhatIsThere() throws StoreException {
        MemoryStore store = new MemoryStore(Clock.systemUTC());
        assertThat(DefaultDistributor.ensure(store, "d-1", "L3_BGP")).isTrue();
        store.run(tx -> {
            Distributor read = tx.distributors().find("d-1").orElseThrow();
            assertThat(read.dedicated()).isFalse();
            Distributor next = new Distributor("d-1", "L3_BGP", read.status(), "renamed", true, 3, read.version());
            assertThat(tx.distributors().update(read, next)).isTrue();
        });
        assertThat(DefaultDistributor.ensure(store, "d-1", "L3_BGP")).isFalse();
        Distributor kept = store.in(tx -> tx.distributors().find("d-1").orElseThrow());
        assertThat(kept.name()).isEqualTo("renamed");
    }

    @Test
    void aType_thatIsNotTheRows_isToldToContradictIt() throws StoreException {
        MemoryStore store = new MemoryStore(Clock.systemUTC());
        assertThat(DefaultDistributor.contradiction(store, "d-1", "L3_BGP")).isEmpty();
        DefaultDistributor.ensure(store, "d-1", "L3_BGP");
        assertThat(DefaultDistributor.contradiction(store, "d-1", "L3_BGP")).isEmpty();
        assertThat(DefaultDistributor.contradiction(store, "d-1", "NOOP").orElseThrow())
                .contains("distributorType, NOOP")
                .contains("its type is L3_BGP");
    }
}
