// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.List;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.net.IpAddress;

/** A row of table member. */
@Entity(name = "MemberRow")
@Table(name = "member")
class MemberRow extends ResourceRow {
    @Column(name = "pool_id")
    String poolId = "";

    @Column(name = "subnet_id")
    @Nullable
    String subnetId;

    @Column(name = "ip_address")
    @Nullable
    String ipAddress;

    @Column(name = "protocol_port")
    int protocolPort;

    @Column(name = "weight")
    @Nullable
    Integer weight;

    @Column(name = "backup")
    boolean backup;

    @Column(name = "monitor_address")
    @Nullable
    String monitorAddress;

    @Column(name = "monitor_port")
    @Nullable
    Integer monitorPort;

    Member toValue(List<String> tags) {
        IpAddress address = Words.address(ipAddress, "member " + id);
        if (address == null) {
            throw new IllegalStateException("member " + id + " has no ip_address");
        }
        return new Member(
                toHeader(null, tags),
                poolId,
                address,
                protocolPort,
                weight == null ? 1 : weight,
                backup,
                subnetId,
                Words.address(monitorAddress, "member " + id),
                monitorPort);
    }

    void set(Member value) {
        set(value.header());
        poolId = value.poolId();
        subnetId = value.subnetId();
        ipAddress = value.address().toString();
        protocolPort = value.protocolPort();
        weight = value.weight();
        backup = value.backup();
        monitorAddress = Words.text(value.monitorAddress());
        monitorPort = value.monitorPort();
    }
}
