// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

import java.util.UUID;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.NamedQuery;
import javax.persistence.QueryHint;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Owner;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/** A row of table registration; {@link Registration} is the same as a value. Addresses are canonical text. */
@Entity(name = "RegistrationRow")
@Table(name = "registration")
@NamedQuery(
        name = RegistrationRow.ALL,
        query = "select r from RegistrationRow r order by r.vip, r.nexthop, r.id",
        hints = @QueryHint(name = RegistrationRow.READ_ONLY, value = "true"))
@NamedQuery(
        name = RegistrationRow.AMONG,
        query = "select r from RegistrationRow r where r.vip in :vips and r.nexthop in :nexthops",
        hints = @QueryHint(name = RegistrationRow.READ_ONLY, value = "true"))
class RegistrationRow {
    static final String ALL = "RegistrationRow.all";
    static final String AMONG = "RegistrationRow.among";

    /** Rows are made and deleted, never changed: a copy to compare with would be time lost on ten thousand of them. */
    static final String READ_ONLY = "eclipselink.read-only";

    private static final String AMPHORA = "amphora";
    private static final String ENDPOINT = "vip";

    @Id
    @Column(name = "id")
    private String id = "";

    @Column(name = "owner_kind")
    private String ownerKind = "";

    /** The amphora's id; empty for a VIP endpoint. Never null: a null would be distinct in the unique index. */
    @Column(name = "owner_id")
    private String ownerId = "";

    @Column(name = "vip")
    private String vip = "";

    @Column(name = "nexthop")
    private String nexthop = "";

    /** The peer's id; empty for all peers, never null for the same reason. */
    @Column(name = "peer_id")
    private String peerId = "";

    RegistrationRow() {}

    static RegistrationRow of(Registration registration) {
        RegistrationRow row = new RegistrationRow();
        row.id = UUID.randomUUID().toString();
        row.vip = registration.vip().toString();
        row.nexthop = registration.nextHop().toString();
        PeerId peer = registration.peer();
        row.peerId = peer == null ? "" : peer.value();
        if (registration.owner() instanceof Owner.Amphora amphora) {
            row.ownerKind = AMPHORA;
            row.ownerId = amphora.amphoraId();
        } else {
            row.ownerKind = ENDPOINT;
        }
        return row;
    }

    String id() {
        return id;
    }

    Registration toRegistration() {
        return new Registration(owner(), IpAddress.parse(vip), IpAddress.parse(nexthop), peer());
    }

    private Owner owner() {
        return switch (ownerKind) {
            case AMPHORA -> new Owner.Amphora(ownerId);
            case ENDPOINT -> new Owner.Endpoint();
            default -> throw new IllegalStateException("registration " + id + ": unknown owner_kind " + ownerKind);
        };
    }

    private @Nullable PeerId peer() {
        return peerId.isEmpty() ? null : new PeerId(peerId);
    }
}
