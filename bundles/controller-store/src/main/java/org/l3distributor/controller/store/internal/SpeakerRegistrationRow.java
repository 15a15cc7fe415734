// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.Table;

/** A row of table distributor_l3_amphora_bgp_speaker_registration: where a speaker runs. */
@Entity(name = "SpeakerRegistrationRow")
@Table(name = "distributor_l3_amphora_bgp_speaker_registration")
@IdClass(PairKey.class)
class SpeakerRegistrationRow {
    @Id
    @Column(name = "distributor_l3_bgp_speaker_id")
    String one = "";

    @Id
    @Column(name = "amphora_id")
    String other = "";

    SpeakerRegistrationRow() {}

    SpeakerRegistrationRow(String one, String other) {
        this.one = one;
        this.other = other;
    }
}
