// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.time.Instant;
import javax.persistence.EntityManager;
import org.l3distributor.distributor.controller.Withdrawal;
import org.l3distributor.distributor.store.WithdrawalRows;

/** Table l3d_withdrawal. */
final class WithdrawalTable implements WithdrawalRows {
    private final EntityManager em;

    WithdrawalTable(EntityManager em) {
        this.em = em;
    }

    @Override
    public void insert(Withdrawal withdrawal) {
        em.persist(new WithdrawalRow(withdrawal));
        em.flush();
    }

    @Override
    public int since(String loadBalancerId, Instant since) {
        return em.createQuery(
                        "select count(w) from WithdrawalRow w where w.loadBalancerId = :id and w.at >= :since",
                        Long.class)
                .setParameter("id", loadBalancerId)
                .setParameter("since", since.toEpochMilli())
                .getSingleResult()
                .intValue();
    }

    @Override
    public int forget(Instant before) {
        return em.createQuery("delete from WithdrawalRow w where w.at < :before")
                .setParameter("before", before.toEpochMilli())
                .executeUpdate();
    }
}
