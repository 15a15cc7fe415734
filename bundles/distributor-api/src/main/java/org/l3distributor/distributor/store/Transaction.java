// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store;

import java.time.Instant;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.Pool;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The tables, within one transaction and on its thread. A change is sent to the database at once, so that a row that
 * contradicts others ends the work there.
 */
@ProviderType
public interface Transaction {
    /** With their VIPs. */
    Rows<LoadBalancer> loadBalancers();

    Rows<Listener> listeners();

    /** With their session persistence. */
    Rows<Pool> pools();

    Rows<Member> members();

    Rows<HealthMonitor> monitors();

    Rows<Amphora> amphorae();

    HealthRows health();

    DistributorRows distributors();

    SpeakerRows speakers();

    Rows<BgpPeer> peers();

    TaskRows tasks();

    WithdrawalRows withdrawals();

    StatisticsRows statistics();

    /** The database's clock, to the millisecond: leases never compare the clocks of two hosts. */
    Instant now();
}
