// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.UUID;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A row of table distributor_l3_amphora_vip_registration: one route that a dedicated speaker announces. */
@Entity(name = "VipRegistrationRow")
@Table(name = "distributor_l3_amphora_vip_registration")
class VipRegistrationRow {
    @Id
    @Column(name = "l3d_id")
    String id = UUID.randomUUID().toString();

    /** The amphora that speaks. */
    @Column(name = "amphora_id")
    String amphoraId = "";

    @Column(name = "load_balancer_id")
    String loadBalancerId = "";

    @Column(name = "nexthop_ip")
    String nexthopIp = "";

    @Column(name = "distributor_l3_bgp_peer_id")
    @Nullable
    String peerId;

    /** The peer's id or "": a null is distinct in a unique index. */
    @Column(name = "l3d_peer_key")
    String peerKey = "";

    /** Which of the load balancer's VIPs. */
    @Column(name = "l3d_vip_ip")
    String vipIp = "";

    /** The amphora that serves. */
    @Column(name = "l3d_member_id")
    String memberId = "";

    /** To be withdrawn, and not yet known to be. */
    @Column(name = "l3d_leaving")
    boolean leaving;
}
