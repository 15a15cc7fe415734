// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.Header;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.store.StoreException;

/** What a flow says at its end of a load balancer whose dedicated distributor announces it, or can't. */
class LedTest {
    private final Cluster cluster = new Cluster(new Crashes(0), null);

    private Header header() throws StoreException {
        return cluster.store.in(
                tx -> tx.loadBalancers().find(Cluster.LB).orElseThrow().header());
    }

    @Test
    void withoutASpeakerInService_theChangeIsMade_andTheLoadBalancerIsInError() throws StoreException {
        cluster.dedicated(ProvisioningStatus.BOOTING);
        cluster.created(3);
        cluster.settle();
        assertThat(header().provisioning()).isEqualTo(ProvisioningStatus.ACTIVE);
        assertThat(header().operating()).isEqualTo(OperatingStatus.ERROR);

        cluster.store.run(tx -> {
            Amphora speaker = tx.amphorae().find("speaker").orElseThrow();
            assertThat(tx.amphorae().update(speaker, speaker.with(ProvisioningStatus.ALLOCATED)))
                    .isTrue();
        });
        cluster.listener(80);
        cluster.settle();
        cluster.isWhole(3, 1);
    }
}
