// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.util.List;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.ListenerProtocol;
import org.l3distributor.net.IpPrefix;

/** A row of table listener; its TLS columns aren't mapped, and so are left as they are. */
@Entity(name = "ListenerRow")
@Table(name = "listener")
class ListenerRow extends ResourceRow {
    @Column(name = "description")
    @Nullable
    String description;

    @Column(name = "protocol")
    String protocol = "";

    @Column(name = "protocol_port")
    int protocolPort;

    @Column(name = "connection_limit")
    @Nullable
    Integer connectionLimit;

    @Column(name = "load_balancer_id")
    @Nullable
    String loadBalancerId;

    @Column(name = "default_pool_id")
    @Nullable
    String defaultPoolId;

    /** Must have a value in the table; another one only where Octavia made it so. */
    @Column(name = "client_authentication")
    String clientAuthentication = "NONE";

    @Column(name = "insert_headers")
    byte @Nullable [] insertHeaders;

    @Column(name = "timeout_client_data")
    @Nullable
    Integer timeoutClientData;

    @Column(name = "timeout_member_connect")
    @Nullable
    Integer timeoutMemberConnect;

    @Column(name = "timeout_member_data")
    @Nullable
    Integer timeoutMemberData;

    @Column(name = "timeout_tcp_inspect")
    @Nullable
    Integer timeoutTcpInspect;

    Listener toValue(List<String> tags, List<String> cidrs) {
        return new Listener(
                toHeader(description, tags),
                loadBalancerId == null ? "" : loadBalancerId,
                Words.of(ListenerProtocol.class, protocol, "listener " + id),
                protocolPort,
                connectionLimit == null ? -1 : connectionLimit,
                defaultPoolId,
                Pickle.read(insertHeaders, "listener " + id),
                orElse(timeoutClientData, 50_000),
                orElse(timeoutMemberConnect, 5_000),
                orElse(timeoutMemberData, 50_000),
                orElse(timeoutTcpInspect, 0),
                cidrs.stream().map(IpPrefix::parse).toList());
    }

    /** With the defaults of Octavia's configuration. */
    private static int orElse(@Nullable Integer stored, int otherwise) {
        return stored == null ? otherwise : stored;
    }

    void set(Listener value) {
        set(value.header());
        description = value.header().description();
        loadBalancerId = value.loadBalancerId();
        protocol = value.protocol().name();
        protocolPort = value.protocolPort();
        connectionLimit = value.connectionLimit();
        defaultPoolId = value.defaultPoolId();
        timeoutClientData = value.timeoutClientData();
        timeoutMemberConnect = value.timeoutMemberConnect();
        timeoutMemberData = value.timeoutMemberData();
        timeoutTcpInspect = value.timeoutTcpInspect();
        if (!value.insertHeaders().equals(Pickle.read(insertHeaders, "listener " + id))) {
            insertHeaders = Pickle.write(value.insertHeaders());
        }
    }
}
