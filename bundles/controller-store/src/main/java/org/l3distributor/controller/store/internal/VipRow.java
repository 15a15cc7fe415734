// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Vip;

/** A row of table vip. Its version is that of the distributor's record. */
@Entity(name = "VipRow")
@Table(name = "vip")
class VipRow {
    @Id
    @Column(name = "load_balancer_id")
    String loadBalancerId = "";

    @Column(name = "ip_address")
    @Nullable
    String ipAddress;

    @Column(name = "port_id")
    @Nullable
    String portId;

    @Column(name = "subnet_id")
    @Nullable
    String subnetId;

    @Column(name = "network_id")
    @Nullable
    String networkId;

    @Column(name = "octavia_owned")
    @Nullable
    Boolean octaviaOwned;

    @Column(name = "distributor_id")
    @Nullable
    String distributorId;

    @Column(name = "l3d_version")
    long version;

    Vip toValue() {
        return new Vip(
                Words.address(ipAddress, "vip " + loadBalancerId),
                portId,
                networkId == null ? "" : networkId,
                subnetId == null ? "" : subnetId);
    }

    /** All but the distributor. */
    void set(Vip value) {
        ipAddress = Words.text(value.address());
        portId = value.portId();
        subnetId = value.subnetId();
        networkId = value.networkId();
        octaviaOwned = true;
    }
}
