// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.List;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Algorithm;
import org.l3distributor.distributor.controller.Pool;
import org.l3distributor.distributor.controller.PoolProtocol;
import org.l3distributor.distributor.controller.SessionPersistence;

/** A row of table pool; its TLS columns aren't mapped, and so are left as they are. */
@Entity(name = "PoolRow")
@Table(name = "pool")
class PoolRow extends ResourceRow {
    @Column(name = "description")
    @Nullable
    String description;

    @Column(name = "protocol")
    String protocol = "";

    @Column(name = "lb_algorithm")
    String algorithm = "";

    @Column(name = "load_balancer_id")
    @Nullable
    String loadBalancerId;

    /** Must have a value in the table; true only where Octavia made it so. */
    @Column(name = "tls_enabled")
    boolean tlsEnabled;

    Pool toValue(List<String> tags, @Nullable SessionPersistence persistence) {
        return new Pool(
                toHeader(description, tags),
                loadBalancerId == null ? "" : loadBalancerId,
                Words.of(PoolProtocol.class, protocol, "pool " + id),
                Words.of(Algorithm.class, algorithm, "pool " + id),
                persistence);
    }

    void set(Pool value) {
        set(value.header());
        description = value.header().description();
        loadBalancerId = value.loadBalancerId();
        protocol = value.protocol().name();
        algorithm = value.algorithm().name();
    }
}
