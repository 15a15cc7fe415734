// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;

/** A row of table distributor_l3_bgp_peer. */
@Entity(name = "PeerRow")
@Table(name = "distributor_l3_bgp_peer")
class PeerRow extends VersionedRow {
    @Column(name = "peer_ip")
    String peerIp = "";

    @Column(name = "remote_as")
    long remoteAs;

    @Column(name = "auth_type")
    @Nullable
    String authType;

    @Column(name = "ttl_hops")
    @Nullable
    Integer ttlHops;

    @Column(name = "hold_time")
    @Nullable
    Integer holdTime;

    @Column(name = "keepalive_interval")
    @Nullable
    Integer keepaliveInterval;

    @Column(name = "l3d_name")
    String name = "";

    @Column(name = "l3d_description")
    @Nullable
    String description;

    /** IP versions. */
    @Column(name = "l3d_families")
    String families = "";

    @Column(name = "l3d_add_path")
    boolean addPath;

    @Column(name = "l3d_passive")
    boolean passive;

    @Column(name = "l3d_enabled")
    boolean enabled = true;

    BgpPeer toValue() {
        return new BgpPeer(
                id,
                IpAddress.parse(peerIp),
                new AsNumber(remoteAs),
                authType,
                ttlHops,
                holdTime,
                keepaliveInterval,
                name,
                description,
                families(),
                addPath,
                passive,
                enabled,
                version);
    }

    Set<AddressFamily> families() {
        Set<AddressFamily> carried = EnumSet.noneOf(AddressFamily.class);
        Words.split(families).forEach(text -> carried.add(AddressFamily.ofIpVersion(Integer.parseInt(text))));
        return carried;
    }

    void set(BgpPeer value) {
        peerIp = value.peerIp().toString();
        remoteAs = value.remoteAs().value();
        authType = value.authType();
        ttlHops = value.ttlHops();
        holdTime = value.holdTime();
        keepaliveInterval = value.keepaliveInterval();
        name = value.name();
        description = value.description();
        List<Integer> versions =
                value.families().stream().map(AddressFamily::ipVersion).sorted().toList();
        families = Words.joined(versions);
        addPath = value.addPath();
        passive = value.passive();
        enabled = value.enabled();
    }
}
