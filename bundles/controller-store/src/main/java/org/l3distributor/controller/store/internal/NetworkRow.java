// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import org.l3distributor.distributor.network.Network;

/** A row of table l3d_network. */
@Entity(name = "NetworkRow")
@Table(name = "l3d_network")
class NetworkRow {
    @Id
    @Column(name = "id")
    String id = "";

    @Column(name = "name")
    String name = "";

    @Column(name = "mtu")
    int mtu;

    @Column(name = "external")
    boolean external;

    static NetworkRow of(Network value) {
        NetworkRow row = new NetworkRow();
        row.id = value.id();
        row.name = value.name();
        row.mtu = value.mtu();
        row.external = value.external();
        return row;
    }

    Network toValue() {
        return new Network(id, name, mtu, external);
    }
}
