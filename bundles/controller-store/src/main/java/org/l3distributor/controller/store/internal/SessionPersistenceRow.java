// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.SessionPersistence;

/** A row of table session_persistence. */
@Entity(name = "SessionPersistenceRow")
@Table(name = "session_persistence")
class SessionPersistenceRow {
    @Id
    @Column(name = "pool_id")
    String poolId = "";

    @Column(name = "type")
    String type = "";

    @Column(name = "cookie_name")
    @Nullable
    String cookieName;

    SessionPersistence toValue() {
        return new SessionPersistence(Words.of(SessionPersistence.Type.class, type, "pool " + poolId), cookieName);
    }

    void set(SessionPersistence value) {
        type = value.type().name();
        cookieName = value.cookieName();
    }
}
