// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.io.Serializable;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.network.FixedIp;
import org.l3distributor.net.IpAddress;

/** A row of table l3d_port_address. */
@Entity(name = "PortAddressRow")
@Table(name = "l3d_port_address")
@IdClass(PortAddressRow.Key.class)
class PortAddressRow {
    /** Its key. */
    static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        String subnetId = "";
        String ip = "";

        Key() {}

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.subnetId.equals(subnetId) && key.ip.equals(ip);
        }

        @Override
        public int hashCode() {
            return 31 * subnetId.hashCode() + ip.hashCode();
        }
    }

    @Id
    @Column(name = "subnet_id")
    String subnetId = "";

    @Id
    @Column(name = "ip")
    String ip = "";

    @Column(name = "port_id")
    String portId = "";

    /** Its place among the port's addresses. */
    @Column(name = "place")
    int place;

    PortAddressRow() {}

    PortAddressRow(String portId, int place, FixedIp address) {
        this.portId = portId;
        this.place = place;
        subnetId = address.subnetId();
        ip = address.address().toString();
    }

    FixedIp toValue() {
        return new FixedIp(subnetId, IpAddress.parse(ip));
    }
}
