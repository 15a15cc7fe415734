// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.List;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.Vip;

/** A row of table load_balancer; Octavia's columns that nothing here uses aren't mapped, and so are left as they are. */
@Entity(name = "LoadBalancerRow")
@Table(name = "load_balancer")
class LoadBalancerRow extends ResourceRow {
    private static final String SINGLE = "SINGLE";

    @Column(name = "description")
    @Nullable
    String description;

    @Column(name = "topology")
    @Nullable
    String topology;

    @Column(name = "provider")
    @Nullable
    String provider;

    @Column(name = "l3d_frontend_network_id")
    @Nullable
    String frontendNetworkId;

    @Column(name = "l3d_frontend_subnet_id")
    @Nullable
    String frontendSubnetId;

    @Column(name = "l3d_amphora_count")
    @Nullable
    Integer amphoraCount;

    @Column(name = "l3d_distributor_id")
    @Nullable
    String distributorId;

    LoadBalancer toValue(List<String> tags, VipRow vip, List<Vip> additional) {
        return new LoadBalancer(
                toHeader(description, tags),
                vip.toValue(),
                additional,
                frontendNetworkId == null ? vip.toValue().networkId() : frontendNetworkId,
                frontendSubnetId == null ? vip.toValue().subnetId() : frontendSubnetId,
                provider == null ? "octavia" : provider,
                topology == null ? SINGLE : topology,
                amphoraCount == null ? asOctavia() : amphoraCount,
                distributorId);
    }

    /** How many amphorae Octavia makes. */
    private int asOctavia() {
        return "ACTIVE_STANDBY".equals(topology) ? 2 : 1;
    }

    void set(LoadBalancer value) {
        set(value.header());
        description = value.header().description();
        topology = value.topology();
        provider = value.provider();
        frontendNetworkId = value.frontendNetworkId();
        frontendSubnetId = value.frontendSubnetId();
        amphoraCount = value.amphoraCount();
        distributorId = value.distributorId();
    }
}
