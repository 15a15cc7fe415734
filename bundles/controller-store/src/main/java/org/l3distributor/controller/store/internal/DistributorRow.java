// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.ProvisioningStatus;

/** A row of table distributor. */
@Entity(name = "DistributorRow")
@Table(name = "distributor")
class DistributorRow extends VersionedRow {
    @Column(name = "distributor_type")
    String type = "";

    @Column(name = "status")
    @Nullable
    String status;

    @Column(name = "l3d_name")
    String name = "";

    @Column(name = "l3d_dedicated")
    boolean dedicated;

    @Column(name = "l3d_redundancy")
    int redundancy;

    Distributor toValue() {
        return new Distributor(
                id,
                type,
                Words.ofNullable(ProvisioningStatus.class, status, "distributor " + id),
                name,
                dedicated,
                redundancy,
                version);
    }

    void set(Distributor value) {
        type = value.type();
        status = Words.text(value.status());
        name = value.name();
        dedicated = value.dedicated();
        redundancy = value.redundancy();
    }
}
