// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.haproxy;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Algorithm;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.HttpCheck;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.ListenerProtocol;
import org.l3distributor.distributor.controller.LoadBalancerTree.PoolTree;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.PoolProtocol;
import org.l3distributor.distributor.controller.SessionPersistence;

/** A listener's pool as a backend. */
final class BackendText {
    private static final Map<Algorithm, String> BALANCE = Map.of(
            Algorithm.ROUND_ROBIN, "roundrobin",
            Algorithm.LEAST_CONNECTIONS, "leastconn",
            Algorithm.SOURCE_IP, "source");
    private static final int CONNECT_TIMEOUT = 5_000;
    private static final int SERVER_TIMEOUT = 50_000;

    private BackendText() {}

    static String name(PoolTree pool, Listener listener) {
        return Lines.word(pool.pool().id()) + ":" + Lines.word(listener.id());
    }

    /** The monitor that looks after the members, null when none does. */
    static @Nullable HealthMonitor checks(PoolTree pool) {
        HealthMonitor monitor = pool.monitor();
        return monitor != null
                        && monitor.header().enabled()
                        && HaproxyConfiguration.stays(monitor.header().provisioning())
                ? monitor
                : null;
    }

    static void write(Lines lines, Listener listener, PoolTree pool) {
        PoolProtocol protocol = pool.pool().protocol();
        boolean proxy = protocol == PoolProtocol.PROXY || protocol == PoolProtocol.PROXYV2;
        boolean http = listener.protocol() == ListenerProtocol.HTTP;
        String mode = proxy ? FrontendText.mode(listener) : protocol == PoolProtocol.HTTP ? "http" : "tcp";
        lines.section("backend " + name(pool, listener));
        lines.add("mode " + mode);
        if (mode.equals("http")) {
            lines.add("http-reuse safe");
        }
        lines.add("balance " + BALANCE.get(pool.pool().algorithm()));
        persistence(lines, pool.pool().persistence());
        HealthMonitor monitor = checks(pool);
        if (monitor != null) {
            check(lines, monitor);
        }
        if (protocol == PoolProtocol.HTTP) {
            header(lines, listener, "X-Forwarded-For", "option forwardfor");
            header(lines, listener, "X-Forwarded-Port", "http-request set-header X-Forwarded-Port %[dst_port]");
        }
        if (http) {
            header(lines, listener, "X-Forwarded-Proto", "http-request set-header X-Forwarded-Proto http");
        }
        lines.add("fullconn " + FrontendText.connectionLimit(listener));
        lines.add("option allbackups");
        lines.add("timeout connect " + FrontendText.orDefault(listener.timeoutMemberConnect(), CONNECT_TIMEOUT));
        lines.add("timeout server " + FrontendText.orDefault(listener.timeoutMemberData(), SERVER_TIMEOUT));
        for (Member member : pool.members()) {
            if (HaproxyConfiguration.stays(member.header().provisioning())) {
                lines.add(ServerText.of(pool, member, monitor));
            }
        }
    }

    private static void header(Lines lines, Listener listener, String name, String line) {
        if (listener.insertHeaders().getOrDefault(name, "false").equalsIgnoreCase("true")) {
            lines.add(line);
        }
    }

    private static void persistence(Lines lines, @Nullable SessionPersistence persistence) {
        if (persistence == null) {
            return;
        }
        switch (persistence.type()) {
            case SOURCE_IP -> {
                lines.add("stick-table type ip size 10k");
                lines.add("stick on src");
            }
            case APP_COOKIE -> {
                String cookie = Lines.word(String.valueOf(persistence.cookieName()));
                lines.add("stick-table type string len 64 size 10k");
                lines.add("stick store-response res.cook(" + cookie + ")");
                lines.add("stick match req.cook(" + cookie + ")");
            }
            case HTTP_COOKIE -> lines.add("cookie SRV insert indirect nocache");
        }
    }

    private static void check(Lines lines, HealthMonitor monitor) {
        lines.add("load-server-state-from-file global");
        lines.add("timeout check " + monitor.timeout() + "s");
        HttpCheck http = monitor.http();
        if (http != null && monitor.type().speaksHttp()) {
            lines.add(request(http));
            lines.add("http-check expect rstatus " + String.join("|", codes(http.expectedCodes())));
        }
        switch (monitor.type()) {
            case TLS_HELLO -> lines.add("option ssl-hello-chk");
            case PING -> {
                lines.add("option external-check");
                lines.add("external-check command /var/lib/octavia/ping-wrapper.sh");
            }
            case HTTP, HTTPS, TCP -> {}
        }
    }

    private static String request(HttpCheck http) {
        String line = "option httpchk " + Lines.word(http.method()) + " " + Lines.word(http.urlPath());
        String version = http.version();
        if (version == null) {
            return line;
        }
        String host =
                version.equals("1.1") && http.domainName() != null ? "Host:\\ " + Lines.word(http.domainName()) : "";
        return line + " HTTP/" + Lines.word(version) + "\\r\\n" + host;
    }

    /** {@code "200-202, 204"} as 200, 201, 202, 204. */
    private static Set<String> codes(String text) {
        Set<String> codes = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            String[] ends = part.strip().split("-", 2);
            int last = Integer.parseInt(ends[ends.length - 1].strip());
            for (int code = Integer.parseInt(ends[0].strip()); code <= last; code++) {
                codes.add(Integer.toString(code));
            }
        }
        return codes;
    }
}
