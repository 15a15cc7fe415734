// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.Table;

/** A row of table listener_cidr: who may connect to a listener. */
@Entity(name = "CidrRow")
@Table(name = "listener_cidr")
@IdClass(PairKey.class)
class CidrRow {
    @Id
    @Column(name = "listener_id")
    String one = "";

    @Id
    @Column(name = "cidr")
    String other = "";

    CidrRow() {}

    CidrRow(String one, String other) {
        this.one = one;
        this.other = other;
    }
}
