// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.Table;

/** A row of table distributor_l3_bgp_peer_registration: a speaker's peer. */
@Entity(name = "PeerRegistrationRow")
@Table(name = "distributor_l3_bgp_peer_registration")
@IdClass(PairKey.class)
class PeerRegistrationRow {
    @Id
    @Column(name = "distributor_l3_bgp_speaker_id")
    String one = "";

    @Id
    @Column(name = "distributor_l3_bgp_peer_id")
    String other = "";

    PeerRegistrationRow() {}

    PeerRegistrationRow(String one, String other) {
        this.one = one;
        this.other = other;
    }
}
