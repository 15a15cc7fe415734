// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.ProvisioningStatus;

/** A row of table amphora. */
@Entity(name = "AmphoraRow")
@Table(name = "amphora")
class AmphoraRow extends VersionedRow {
    @Column(name = "load_balancer_id")
    @Nullable
    String loadBalancerId;

    @Column(name = "service_type")
    @Nullable
    String serviceType;

    @Column(name = "status")
    String status = "";

    @Column(name = "compute_id")
    @Nullable
    String computeId;

    @Column(name = "lb_network_ip")
    @Nullable
    String lbNetworkIp;

    @Column(name = "role")
    @Nullable
    String role;

    @Column(name = "frontend_ip")
    @Nullable
    String frontendIp;

    @Column(name = "frontend_subnet_id")
    @Nullable
    String frontendSubnetId;

    @Column(name = "frontend_port_id")
    @Nullable
    String frontendPortId;

    @Column(name = "frontend_interface")
    @Nullable
    String frontendInterface;

    @Column(name = "frontend_id")
    @Nullable
    Integer frontendId;

    @Column(name = "frontend_priority")
    @Nullable
    Integer frontendPriority;

    @Column(name = "ha_ip")
    @Nullable
    String haIp;

    @Column(name = "ha_port_id")
    @Nullable
    String haPortId;

    @Column(name = "cached_zone")
    @Nullable
    String cachedZone;

    @Column(name = "image_id")
    @Nullable
    String imageId;

    @Column(name = "compute_flavor")
    @Nullable
    String computeFlavor;

    @Column(name = "cert_expiration")
    @Nullable
    String certExpiration;

    @Column(name = "cert_busy")
    boolean certBusy;

    @Column(name = "created_at")
    @Nullable
    String createdAt;

    @Column(name = "updated_at")
    @Nullable
    String updatedAt;

    @Column(name = "l3d_second_frontend_ip")
    @Nullable
    String secondFrontendIp;

    @Column(name = "l3d_distributor_id")
    @Nullable
    String distributorId;

    Amphora toValue() {
        String row = "amphora " + id;
        return new Amphora(
                id,
                loadBalancerId,
                distributorId,
                serviceType,
                Words.of(ProvisioningStatus.class, status, row),
                computeId,
                Words.address(lbNetworkIp, row),
                role,
                new Amphora.Frontend(
                        Words.address(frontendIp, row),
                        Words.address(secondFrontendIp, row),
                        frontendSubnetId,
                        frontendPortId,
                        frontendInterface,
                        frontendId,
                        frontendPriority),
                Words.address(haIp, row),
                haPortId,
                cachedZone,
                imageId,
                computeFlavor,
                Dates.nullable(certExpiration),
                certBusy,
                Dates.nullable(createdAt),
                Dates.nullable(updatedAt),
                version);
    }

    void set(Amphora value) {
        loadBalancerId = value.loadBalancerId();
        distributorId = value.distributorId();
        serviceType = value.serviceType();
        status = value.status().name();
        computeId = value.computeId();
        lbNetworkIp = Words.text(value.managementIp());
        role = value.role();
        frontendIp = Words.text(value.frontend().ip());
        secondFrontendIp = Words.text(value.frontend().secondIp());
        frontendSubnetId = value.frontend().subnetId();
        frontendPortId = value.frontend().portId();
        frontendInterface = value.frontend().interfaceName();
        frontendId = value.frontend().id();
        frontendPriority = value.frontend().priority();
        haIp = Words.text(value.haIp());
        haPortId = value.haPortId();
        cachedZone = value.failureDomain();
        imageId = value.imageId();
        computeFlavor = value.computeFlavor();
        certExpiration = Dates.nullableText(value.certificateExpires());
        certBusy = value.certificateBusy();
        createdAt = Dates.nullableText(value.createdAt());
        updatedAt = Dates.nullableText(value.updatedAt());
    }
}
