// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.time.Instant;
import javax.persistence.EntityManager;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.Pool;
import org.l3distributor.distributor.store.DistributorRows;
import org.l3distributor.distributor.store.HealthRows;
import org.l3distributor.distributor.store.Rows;
import org.l3distributor.distributor.store.SpeakerRows;
import org.l3distributor.distributor.store.StatisticsRows;
import org.l3distributor.distributor.store.TaskRows;
import org.l3distributor.distributor.store.Transaction;
import org.l3distributor.distributor.store.WithdrawalRows;
import org.l3distributor.relational.Dialect;

/** The tables over one entity manager. */
final class JpaTransaction implements Transaction {
    private final EntityManager em;
    private final Sql sql;

    JpaTransaction(EntityManager em, Dialect dialect) {
        this.em = em;
        this.sql = new Sql(em, dialect);
    }

    @Override
    public Rows<LoadBalancer> loadBalancers() {
        return new LoadBalancerTable(em);
    }

    @Override
    public Rows<Listener> listeners() {
        return new ListenerTable(em);
    }

    @Override
    public Rows<Pool> pools() {
        return new PoolTable(em);
    }

    @Override
    public Rows<Member> members() {
        return new MemberTable(em);
    }

    @Override
    public Rows<HealthMonitor> monitors() {
        return new MonitorTable(em);
    }

    @Override
    public Rows<Amphora> amphorae() {
        return new AmphoraTable(em);
    }

    @Override
    public HealthRows health() {
        return new HealthTable(em, sql);
    }

    @Override
    public DistributorRows distributors() {
        return new DistributorTable(em);
    }

    @Override
    public SpeakerRows speakers() {
        return new SpeakerTable(em);
    }

    @Override
    public Rows<BgpPeer> peers() {
        return new PlainTable<>(
                em, PeerRow.class, PeerRow::new, BgpPeer::id, BgpPeer::version, PeerRow::set, PeerRow::toValue);
    }

    @Override
    public TaskRows tasks() {
        return new TaskTable(em, sql);
    }

    @Override
    public WithdrawalRows withdrawals() {
        return new WithdrawalTable(em);
    }

    @Override
    public StatisticsRows statistics() {
        return new StatisticsTable(em, sql);
    }

    @Override
    public Instant now() {
        return sql.now();
    }
}
