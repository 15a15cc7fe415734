// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.List;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import org.l3distributor.distributor.network.FixedIp;
import org.l3distributor.distributor.network.Port;

/** A row of table l3d_port. */
@Entity(name = "PortRow")
@Table(name = "l3d_port")
class PortRow {
    @Id
    @Column(name = "id")
    String id = "";

    @Column(name = "network_id")
    String networkId = "";

    @Column(name = "name")
    String name = "";

    @Column(name = "mac")
    String mac = "";

    @Column(name = "owner")
    String owner = "";

    static PortRow of(Port value) {
        PortRow row = new PortRow();
        row.id = value.id();
        row.networkId = value.networkId();
        row.name = value.name();
        row.mac = value.mac();
        row.owner = value.owner();
        return row;
    }

    Port toValue(List<FixedIp> addresses) {
        return new Port(id, name, networkId, mac, addresses, owner);
    }
}
