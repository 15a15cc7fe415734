// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpPrefix;

/** A listener as a user wishes it, with Octavia's defaults where nothing was said. */
public record ListenerDraft(
        HeaderDraft header,
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
    public Listener made(String id, String projectId, Instant now) {
        return new Listener(
                Header.created(id, projectId, header, OperatingStatus.OFFLINE, now),
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
}
