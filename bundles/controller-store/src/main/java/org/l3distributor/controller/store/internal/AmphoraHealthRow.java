// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import org.l3distributor.distributor.controller.AmphoraHealth;

/** A row of table amphora_health. */
@Entity(name = "AmphoraHealthRow")
@Table(name = "amphora_health")
class AmphoraHealthRow {
    @Id
    @Column(name = "amphora_id")
    String amphoraId = "";

    @Column(name = "last_update")
    String lastUpdate = "";

    @Column(name = "busy")
    boolean busy;

    AmphoraHealth toValue() {
        return new AmphoraHealth(amphoraId, Dates.instant(lastUpdate), busy);
    }
}
