// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.Pool;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.relational.Dialect;

@ExtendWith(DatabaseServers.class)
class LockTest {
    @ParameterizedTest
    @EnumSource(names = "SQLITE", mode = EnumSource.Mode.EXCLUDE) // one transaction at a time
    void whatIsReadUnderALock_isAsOthersLeftIt_whateverWasReadBefore(Dialect dialect) throws Exception {
        try (StoreOn on = StoreOn.fresh(dialect);
                StoreOn other = on.another()) {
            on.store.run(tx -> {
                tx.loadBalancers().insert(Things.loadBalancer("lb", "web", "203.0.113.10"));
                tx.pools().insert(Things.pool("p", "lb"));
            });
            on.store.run(tx -> {
                Pool before = tx.pools().find("p").orElseThrow();
                change(other);
                assertThat(tx.loadBalancers().lock("lb")).isPresent();
                Pool now =
                        tx.pools().page(Query.where("load_balancer_id", "lb")).get(0);
                assertThat(now.header().version()).isEqualTo(before.header().version() + 1);
                assertThat(now.header().operating()).isEqualTo(OperatingStatus.DEGRADED);
                assertThat(tx.pools().update(now, before)).isTrue();
            });
        }
    }

    private static void change(StoreOn other) {
        try {
            other.store.run(tx -> {
                Pool read = tx.pools().find("p").orElseThrow();
                assertThat(tx.pools().update(read, read.with(read.header().with(OperatingStatus.DEGRADED))))
                        .isTrue();
            });
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }
}
