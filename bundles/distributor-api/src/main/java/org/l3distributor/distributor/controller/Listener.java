// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpPrefix;

/**
 * A port of a load balancer.
 *
 * @param connectionLimit -1: none
 * @param insertHeaders names of headers and "true" or "false"
 * @param timeoutClientData in milliseconds, as the other three; 0..2,073,600,000
 * @param allowedCidrs empty: all clients
 */
public record Listener(
        Header header,
        String loadBalancerId,
        ListenerProtocol protocol,
        int protocolPort,
        int connectionLimit,
        @Nullable String defaultPoolId,
        Map<String, String> insertHeaders,
        int timeoutClientData,
        int timeoutMemberConnect,
        int timeoutMemberData,
        int timeoutTcpInspect,
        List<IpPrefix> allowedCidrs) {
    public Listener {
        insertHeaders = Map.copyOf(insertHeaders);
        allowedCidrs = List.copyOf(allowedCidrs);
    }

    public String id() {
        return header.id();
    }

    public Listener with(Header next) {
        return new Listener(
                next,
                loadBalancerId,
                protocol,
                protocolPort,
                connectionLimit,
                defaultPoolId,
                insertHeaders,
                timeoutClientData,
                timeoutMemberConnect,
                timeoutMemberData,
                timeoutTcpInspect,
                allowedCidrs);
    }

    public Listener withDefaultPool(@Nullable String poolId) {
        return new Listener(
                header,
                loadBalancerId,
                protocol,
                protocolPort,
                connectionLimit,
                poolId,
                insertHeaders,
                timeoutClientData,
                timeoutMemberConnect,
                timeoutMemberData,
                timeoutTcpInspect,
                allowedCidrs);
    }
}
