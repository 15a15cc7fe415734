// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.NamedQuery;
import javax.persistence.Table;

/** A row of table override: a run-time setting that outlives the process. */
@Entity(name = "OverrideRow")
@Table(name = "override")
@NamedQuery(name = OverrideRow.ALL, query = "select o from OverrideRow o order by o.name")
class OverrideRow {
    static final String ALL = "OverrideRow.all";

    @Id
    @Column(name = "name")
    private String name = "";

    @Column(name = "text")
    private String text = "";

    /** Milliseconds of the epoch, UTC; for the operator who looks into the file. */
    @Column(name = "updated")
    private long updated;

    OverrideRow() {}

    OverrideRow(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    String text() {
        return text;
    }

    void set(String newText, Instant at) {
        text = newText;
        updated = at.toEpochMilli();
    }
}
