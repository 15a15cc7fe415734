// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.List;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.network.HostRoute;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** A row of table l3d_subnet. */
@Entity(name = "SubnetRow")
@Table(name = "l3d_subnet")
class SubnetRow {
    @Id
    @Column(name = "id")
    String id = "";

    @Column(name = "network_id")
    String networkId = "";

    @Column(name = "name")
    String name = "";

    @Column(name = "cidr")
    String cidr = "";

    @Column(name = "gateway")
    @Nullable
    String gateway;

    /** {@code DESTINATION>NEXTHOP}, several with commas between them. */
    @Column(name = "host_routes")
    String hostRoutes = "";

    static SubnetRow of(Subnet value) {
        SubnetRow row = new SubnetRow();
        row.id = value.id();
        row.networkId = value.networkId();
        row.name = value.name();
        row.cidr = value.cidr().toString();
        row.gateway = Words.text(value.gateway());
        row.hostRoutes = Words.joined(value.routes().stream()
                .map(route -> route.destination() + ">" + route.nextHop())
                .toList());
        return row;
    }

    Subnet toValue() {
        List<HostRoute> routes = Words.split(hostRoutes).stream()
                .map(text -> text.split(">", 2))
                .map(parts -> new HostRoute(IpPrefix.parse(parts[0]), IpAddress.parse(parts[1])))
                .toList();
        return new Subnet(
                id, networkId, name, IpPrefix.parse(cidr), Words.address(gateway, "l3d_subnet " + id), routes);
    }
}
