// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.beat;

import java.util.List;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.store.Transaction;
import org.l3distributor.distributor.store.contract.Things;

/** Rows as they are once their flows have ended. */
final class InService {
    private InService() {}

    /** One with a listener on port 80. */
    static void loadBalancer(Transaction tx, String id, String listenerId, OperatingStatus operating, int amphorae) {
        LoadBalancer made = Things.loadBalancer(id, "lb", "203.0.113.9");
        tx.loadBalancers()
                .insert(new LoadBalancer(
                        made.header().with(ProvisioningStatus.ACTIVE).with(operating),
                        made.vip(),
                        List.of(),
                        "net",
                        "subnet",
                        "octavia",
                        "ACTIVE_ACTIVE",
                        amphorae));
        Listener listener = Things.listener(listenerId, id, 80, null);
        tx.listeners().insert(listener.with(listener.header().with(ProvisioningStatus.ACTIVE)));
    }
}
