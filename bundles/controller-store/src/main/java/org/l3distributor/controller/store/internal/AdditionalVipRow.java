// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.io.Serializable;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Vip;

/** A row of table additional_vip. */
@Entity(name = "AdditionalVipRow")
@Table(name = "additional_vip")
@IdClass(AdditionalVipRow.Key.class)
class AdditionalVipRow {
    /** Its key. */
    static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        String loadBalancerId = "";
        String subnetId = "";

        Key() {}

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && key.loadBalancerId.equals(loadBalancerId)
                    && key.subnetId.equals(subnetId);
        }

        @Override
        public int hashCode() {
            return 31 * loadBalancerId.hashCode() + subnetId.hashCode();
        }
    }

    @Id
    @Column(name = "load_balancer_id")
    String loadBalancerId = "";

    @Id
    @Column(name = "subnet_id")
    String subnetId = "";

    @Column(name = "ip_address")
    @Nullable
    String ipAddress;

    @Column(name = "port_id")
    @Nullable
    String portId;

    @Column(name = "network_id")
    @Nullable
    String networkId;

    /** Its place in the user's order. */
    @Column(name = "l3d_place")
    int place;

    static AdditionalVipRow of(String loadBalancerId, Vip value, int place) {
        AdditionalVipRow row = new AdditionalVipRow();
        row.loadBalancerId = loadBalancerId;
        row.subnetId = value.subnetId();
        row.ipAddress = Words.text(value.address());
        row.portId = value.portId();
        row.networkId = value.networkId();
        row.place = place;
        return row;
    }

    Vip toValue() {
        return new Vip(
                Words.address(ipAddress, "additional_vip " + loadBalancerId),
                portId,
                networkId == null ? "" : networkId,
                subnetId);
    }
}
