// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import javax.persistence.Column;
import javax.persistence.Id;
import javax.persistence.MappedSuperclass;

/** A row that has an id, and a version of ours. */
@MappedSuperclass
abstract class VersionedRow {
    @Id
    @Column(name = "id")
    String id = "";

    @Column(name = "l3d_version")
    long version;
}
