// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.time.Instant;
import java.util.List;
import javax.persistence.Column;
import javax.persistence.MappedSuperclass;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Header;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.ProvisioningStatus;

/** The columns that load_balancer, listener, pool, member and health_monitor have in common. */
@MappedSuperclass
abstract class ResourceRow extends VersionedRow {
    @Column(name = "project_id")
    @Nullable
    String projectId;

    @Column(name = "name")
    @Nullable
    String name;

    @Column(name = "enabled")
    boolean enabled;

    @Column(name = "provisioning_status")
    String provisioningStatus = "";

    @Column(name = "operating_status")
    String operatingStatus = "";

    @Column(name = "created_at")
    @Nullable
    String createdAt;

    @Column(name = "updated_at")
    @Nullable
    String updatedAt;

    Header toHeader(@Nullable String description, List<String> tags) {
        return new Header(
                id,
                projectId == null ? "" : projectId,
                name == null ? "" : name,
                description == null ? "" : description,
                enabled,
                Words.of(ProvisioningStatus.class, provisioningStatus, id),
                Words.of(OperatingStatus.class, operatingStatus, id),
                tags,
                createdAt == null ? Instant.EPOCH : Dates.instant(createdAt),
                updatedAt == null ? null : Dates.instant(updatedAt),
                version);
    }

    void set(Header header) {
        projectId = header.projectId();
        name = header.name();
        enabled = header.enabled();
        provisioningStatus = header.provisioning().name();
        operatingStatus = header.operating().name();
        createdAt = Dates.text(header.createdAt());
        updatedAt = header.updatedAt() == null ? null : Dates.text(header.updatedAt());
    }
}
