// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.haproxy;

import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.LoadBalancerTree.PoolTree;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.PoolProtocol;
import org.l3distributor.distributor.controller.SessionPersistence;

/** A member as a line of its backend. */
final class ServerText {
    private ServerText() {}

    static String of(PoolTree pool, Member member, @Nullable HealthMonitor monitor) {
        String id = Lines.word(member.id());
        StringBuilder line = new StringBuilder("server ")
                .append(id)
                .append(' ')
                .append(member.address())
                .append(':')
                .append(member.protocolPort())
                .append(" weight ")
                .append(member.weight());
        if (monitor != null) {
            check(line, member, monitor);
        }
        SessionPersistence persistence = pool.pool().persistence();
        if (persistence != null && persistence.type() == SessionPersistence.Type.HTTP_COOKIE) {
            line.append(" cookie ").append(id);
        }
        PoolProtocol protocol = pool.pool().protocol();
        if (protocol == PoolProtocol.PROXY) {
            line.append(" send-proxy");
        } else if (protocol == PoolProtocol.PROXYV2) {
            line.append(" send-proxy-v2");
        }
        if (member.backup()) {
            line.append(" backup");
        }
        if (!member.header().enabled()) {
            line.append(" disabled");
        }
        return line.toString();
    }

    private static void check(StringBuilder line, Member member, HealthMonitor monitor) {
        line.append(" check");
        if (monitor.type() == HealthMonitor.Type.HTTPS) {
            line.append(" check-ssl verify none");
        }
        line.append(" inter ")
                .append(monitor.delay())
                .append("s fall ")
                .append(monitor.maxRetriesDown())
                .append(" rise ")
                .append(monitor.maxRetries());
        if (member.monitorAddress() != null) {
            line.append(" addr ").append(member.monitorAddress());
        }
        if (member.monitorPort() != null) {
            line.append(" port ").append(member.monitorPort());
        }
    }
}
