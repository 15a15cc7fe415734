// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.Table;

/** A row of table tags: what a resource is tagged with. */
@Entity(name = "TagRow")
@Table(name = "tags")
@IdClass(PairKey.class)
class TagRow {
    @Id
    @Column(name = "resource_id")
    String one = "";

    @Id
    @Column(name = "tag")
    String other = "";

    TagRow() {}

    TagRow(String one, String other) {
        this.one = one;
        this.other = other;
    }
}
