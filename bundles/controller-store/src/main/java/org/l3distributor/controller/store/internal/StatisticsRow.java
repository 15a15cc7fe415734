// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.io.Serializable;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.ListenerStatistics;

/** A row of table listener_statistics. */
@Entity(name = "StatisticsRow")
@Table(name = "listener_statistics")
@IdClass(StatisticsRow.Key.class)
class StatisticsRow {
    /** Its key. */
    static final class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        String listenerId = "";
        String amphoraId = "";

        Key() {}

        Key(String listenerId, String amphoraId) {
            this.listenerId = listenerId;
            this.amphoraId = amphoraId;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.listenerId.equals(listenerId) && key.amphoraId.equals(amphoraId);
        }

        @Override
        public int hashCode() {
            return 31 * listenerId.hashCode() + amphoraId.hashCode();
        }
    }

    @Id
    @Column(name = "listener_id")
    String listenerId = "";

    @Id
    @Column(name = "amphora_id")
    String amphoraId = "";

    @Column(name = "bytes_in")
    long bytesIn;

    @Column(name = "bytes_out")
    long bytesOut;

    @Column(name = "active_connections")
    int activeConnections;

    @Column(name = "total_connections")
    long totalConnections;

    @Column(name = "request_errors")
    long requestErrors;

    ListenerStatistics toValue() {
        return new ListenerStatistics(
                listenerId, amphoraId, bytesIn, bytesOut, activeConnections, totalConnections, requestErrors);
    }
}
