// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.UUID;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.AmphoraRegistration;

/** A row of table amphora_registration. */
@Entity(name = "AmphoraRegistrationRow")
@Table(name = "amphora_registration")
class AmphoraRegistrationRow {
    @Id
    @Column(name = "l3d_id")
    String id = UUID.randomUUID().toString();

    @Column(name = "amphora_id")
    String amphoraId = "";

    @Column(name = "load_balancer_id")
    String loadBalancerId = "";

    @Column(name = "distributor_id")
    @Nullable
    String distributorId;

    /** The distributor's id or "": a null is distinct in a unique index. */
    @Column(name = "l3d_distributor_key")
    String distributorKey = "";

    /** Where the amphora takes the traffic, as it was registered. */
    @Column(name = "l3d_frontend_ips")
    String frontendIps = "";

    @Column(name = "l3d_failure_domain")
    String failureDomain = "";

    AmphoraRegistration toValue() {
        return new AmphoraRegistration(amphoraId, loadBalancerId, distributorId);
    }
}
