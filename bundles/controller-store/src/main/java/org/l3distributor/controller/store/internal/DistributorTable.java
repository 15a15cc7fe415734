// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.List;
import java.util.Optional;
import javax.persistence.EntityManager;
import org.l3distributor.distributor.controller.AmphoraRegistration;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.store.DistributorRows;

/** Table distributor, and what is asked of amphora_registration and vip. */
final class DistributorTable extends PlainTable<Distributor, DistributorRow> implements DistributorRows {
    DistributorTable(EntityManager em) {
        super(
                em,
                DistributorRow.class,
                DistributorRow::new,
                Distributor::id,
                Distributor::version,
                DistributorRow::set,
                DistributorRow::toValue);
    }

    @Override
    public List<AmphoraRegistration> registrations(String loadBalancerId) {
        return em.createQuery(
                        "select r from AmphoraRegistrationRow r where r.loadBalancerId = :id order by r.amphoraId, r.distributorKey",
                        AmphoraRegistrationRow.class)
                .setParameter("id", loadBalancerId)
                .getResultStream()
                .map(AmphoraRegistrationRow::toValue)
                .toList();
    }

    @Override
    public List<String> loadBalancers(String distributorId) {
        return em.createQuery(
                        "select v.loadBalancerId from VipRow v where v.distributorId = :id order by v.loadBalancerId",
                        String.class)
                .setParameter("id", distributorId)
                .getResultList();
    }

    @Override
    public Optional<String> leader(String loadBalancerId) {
        return em.createQuery(
                        "select v.distributorId from VipRow v where v.loadBalancerId = :id and v.distributorId is not null",
                        String.class)
                .setParameter("id", loadBalancerId)
                .getResultStream()
                .findFirst();
    }

    @Override
    public boolean speaks(String amphoraId) {
        return !em.createQuery("select r.id from VipRegistrationRow r where r.amphoraId = :id", String.class)
                .setParameter("id", amphoraId)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }
}
