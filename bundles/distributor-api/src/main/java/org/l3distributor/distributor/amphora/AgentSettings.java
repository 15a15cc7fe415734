// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.amphora;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.Secret;

/**
 * What the agent's file says of the amphora's role; defaults are Octavia's.
 *
 * @param amphoraId the amphora's id; null while unknown
 * @param basePath where HAProxy's configurations, pid files and sockets lie ({@code [haproxy_amphora] base_path})
 * @param certificates where its certificates lie ({@code base_cert_dir})
 * @param haproxyCommand the program ({@code haproxy_cmd})
 * @param controllers whom heartbeats go to, in turn ({@code [health_manager] controller_ip_port_list}); empty = nobody
 * @param heartbeatInterval time between two heartbeats, at least 1 s
 * @param heartbeatKey signs them; null = none is sent
 * @param requireBackEnd whether a VIP is announced only while a back end of it is up
 *     ({@code [l3_distributor] require_back_end}, ours)
 * @param activeStandby what a load balancer of Octavia's topology ACTIVE_STANDBY becomes here
 */
public record AgentSettings(
        @Nullable String amphoraId,
        Path basePath,
        Path certificates,
        Path haproxyCommand,
        List<InetSocketAddress> controllers,
        Duration heartbeatInterval,
        @Nullable Secret heartbeatKey,
        boolean requireBackEnd,
        ActiveStandby activeStandby) {
    public AgentSettings {
        controllers = List.copyOf(controllers);
    }

    public enum ActiveStandby {
        /** The calls that would set up keepalived are refused. */
        REFUSE,
        /** They are taken: both amphorae announce the VIP, and no keepalived is needed. */
        ACTIVE_ACTIVE
    }
}
