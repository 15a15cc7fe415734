// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.beat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.l3distributor.controller.core.internal.run.Snapshots;
import org.l3distributor.controller.core.internal.state.Lead;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.Transaction;

/** Reads who announces for load balancers with a dedicated distributor. */
final class Leads {
    private Leads() {}

    /** @param silentSince who wasn't heard after it, and was declared dead, is no speaker to rely on */
    static Lead of(Transaction tx, String loadBalancerId, Instant silentSince) {
        return tx.distributors()
                .leader(loadBalancerId)
                .flatMap(tx.distributors()::find)
                .map(distributor -> of(tx, distributor, silentSince))
                .orElse(Lead.THERE);
    }

    /** Of all load balancers for which it isn't {@link Lead#THERE}. */
    static Map<String, Lead> lacking(Transaction tx, Instant silentSince) {
        Map<String, Lead> lacking = new HashMap<>();
        for (Distributor distributor : tx.distributors().page(Query.all())) {
            Lead lead = of(tx, distributor, silentSince);
            if (lead != Lead.THERE) {
                tx.distributors().loadBalancers(distributor.id()).forEach(id -> lacking.put(id, lead));
            }
        }
        return lacking;
    }

    private static Lead of(Transaction tx, Distributor distributor, Instant silentSince) {
        return distributor.dedicated()
                ? Lead.of(Snapshots.speakers(tx, distributor.id()), speaker -> isDead(tx, speaker, silentSince))
                : Lead.THERE;
    }

    /** Whoever is claimed and was heard a moment ago is replaced by an operator's wish, and announces until that is done. */
    private static boolean isDead(Transaction tx, Amphora speaker, Instant silentSince) {
        return tx.health()
                .find(speaker.id())
                .filter(row -> row.busy() && row.lastUpdate().isBefore(silentSince))
                .isPresent();
    }
}
