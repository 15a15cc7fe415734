// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.haproxy;

import java.util.List;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.ListenerProtocol;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerTree.PoolTree;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** A listener as a frontend. */
final class FrontendText {
    private static final int CONNECTIONS = 50_000;
    private static final int CLIENT_TIMEOUT = 50_000;

    private FrontendText() {}

    static void write(
            Lines lines, LoadBalancer loadBalancer, Listener listener, List<IpAddress> vips, List<PoolTree> pools) {
        lines.section("frontend " + Lines.word(listener.id()));
        lines.add("maxconn " + connectionLimit(listener));
        for (IpAddress vip : vips) {
            lines.add("bind " + vip + ":" + listener.protocolPort());
        }
        lines.add("mode " + mode(listener));
        allowedClients(lines, listener.allowedCidrs());
        for (PoolTree pool : pools) {
            lines.add("default_backend " + BackendText.name(pool, listener));
        }
        lines.add("timeout client " + orDefault(listener.timeoutClientData(), CLIENT_TIMEOUT));
        if (listener.timeoutTcpInspect() != 0) {
            lines.add("tcp-request inspect-delay " + listener.timeoutTcpInspect());
        }
        lines.add("log-format " + logFormat(loadBalancer, listener));
    }

    /** One condition to a line, since a line has at most 64 words; conditions of one name are alternatives. */
    private static void allowedClients(Lines lines, List<IpPrefix> prefixes) {
        for (IpPrefix prefix : prefixes) {
            lines.add("acl l3d-allowed src " + prefix);
        }
        if (!prefixes.isEmpty()) {
            lines.add("tcp-request connection reject unless l3d-allowed");
        }
    }

    static String mode(Listener listener) {
        return listener.protocol() == ListenerProtocol.HTTP ? "http" : "tcp";
    }

    static int connectionLimit(Listener listener) {
        return listener.connectionLimit() > 0 ? listener.connectionLimit() : CONNECTIONS;
    }

    static int orDefault(int milliseconds, int ifNone) {
        return milliseconds == 0 ? ifNone : milliseconds;
    }

    /** Octavia's default; a listener without HTTP has neither a request nor a status. */
    private static String logFormat(LoadBalancer loadBalancer, Listener listener) {
        boolean http = listener.protocol() == ListenerProtocol.HTTP;
        return String.join(
                "\\ ",
                Lines.word(loadBalancer.header().projectId()),
                Lines.word(loadBalancer.id()),
                "%f\\ %ci\\ %cp\\ %t",
                http ? "%{+Q}r\\ %ST" : "-\\ -",
                "%B\\ %U\\ %[ssl_c_verify]\\ %{+Q}[ssl_c_s_dn]\\ %b\\ %s\\ %Tt\\ %tsc");
    }
}
