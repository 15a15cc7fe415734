// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.store.contract.ControllerStoreContract;
import org.l3distributor.distributor.store.contract.MemoryStore;
import org.l3distributor.distributor.store.contract.StoreRecordsContract;
import org.l3distributor.distributor.store.contract.Things;

class MemoryStoreTest extends ControllerStoreContract {
    @Override
    protected ControllerStore store() {
        return new MemoryStore(Clock.systemUTC());
    }

    @Nested
    class Records extends StoreRecordsContract {
        @Override
        protected ControllerStore store() {
            return MemoryStoreTest.this.store();
        }

        @Override
        protected DistributorRecords records(ControllerStore store, int amphoraPort) {
            return ((MemoryStore) store).records(amphoraPort);
        }
    }

    @Test
    void whileItIsBroken_nothingIsDone_andListenersAreTold() throws Exception {
        MemoryStore store = new MemoryStore(Clock.systemUTC());
        List<Boolean> told = new ArrayList<>();
        AutoCloseable listening = store.listen(told::add);
        store.broken(true);
        assertThatThrownBy(() -> store.run(tx -> tx.loadBalancers().insert(Things.loadBalancer("lb", "web", null))))
                .isExactlyInstanceOf(StoreException.class);
        store.broken(false);
        listening.close();
        store.broken(true);
        store.broken(false);
        assertThat(told).containsExactly(true, false, true);
        assertThat(store.transactions()).isZero();
        List<?> rows = store.in(tx -> tx.loadBalancers().page(Query.all()));
        assertThat(rows).isEmpty();
    }

    @Test
    void collisions_haveTheWorkDoneAgain_andItCountsOnce() throws Exception {
        MemoryStore store = new MemoryStore(Clock.systemUTC());
        store.collide(3);
        AtomicInteger done = new AtomicInteger();
        store.run(tx -> {
            done.incrementAndGet();
            tx.loadBalancers().insert(Things.loadBalancer("lb", "web", null));
        });
        assertThat(done).hasValue(4);
        List<?> rows = store.in(tx -> tx.loadBalancers().page(Query.all()));
        assertThat(rows).hasSize(1);
    }
}
