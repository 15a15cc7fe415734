// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.AgentSettings;
import org.l3distributor.distributor.amphora.AgentSettings.ActiveStandby;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.Secret;

/**
 * Octavia's own sections of the agent's file, as far as the amphora's role needs them. What is wrong is reported as a
 * fault of the file, and the default stands for it. Pure.
 */
final class AgentKeys {
    static final String AGENT = "amphora_agent";

    /** Our own section in the agent's file. */
    static final String OURS = "l3_distributor";

    private static final String HAPROXY = "haproxy_amphora";
    private static final String HEALTH = "health_manager";
    private static final String ACTIVE_STANDBY = "active_standby";
    private static final String REQUIRE_BACK_END = "require_back_end";
    private static final int LONGEST_INTERVAL = 3600;

    /** What counts while there is no file. */
    static final AgentSettings DEFAULTS = new AgentSettings(
            null,
            Path.of("/var/lib/octavia"),
            Path.of("/var/lib/octavia/certs"),
            Path.of("/usr/sbin/haproxy"),
            List.of(),
            Duration.ofSeconds(10),
            null,
            false,
            ActiveStandby.ACTIVE_ACTIVE);

    private final AgentFile file;

    private AgentKeys(AgentFile file) {
        this.file = file;
    }

    static AgentSettings read(AgentFile file) {
        AgentKeys keys = new AgentKeys(file);
        keys.unknown();
        String heartbeatKey = file.value(HEALTH, "heartbeat_key");
        return new AgentSettings(
                file.value(AGENT, "amphora_id"),
                keys.path("base_path", DEFAULTS.basePath()),
                keys.path("base_cert_dir", DEFAULTS.certificates()),
                keys.path("haproxy_cmd", DEFAULTS.haproxyCommand()),
                keys.controllers(),
                keys.interval(),
                heartbeatKey == null ? null : Secret.of(heartbeatKey),
                keys.requireBackEnd(),
                keys.activeStandby());
    }

    private Path path(String key, Path otherwise) {
        String text = file.value(HAPROXY, key);
        if (text == null) {
            return otherwise;
        }
        if (text.startsWith("/") && text.indexOf('\0') < 0) {
            return Path.of(text).normalize();
        }
        file.fault(HAPROXY, key, text, "must be an absolute path; " + otherwise + " is used until it is mended");
        return otherwise;
    }

    /** A list of IP:PORT, an IPv6 address in brackets or bare: the port is what follows the last colon. */
    private List<InetSocketAddress> controllers() {
        String key = "controller_ip_port_list";
        String text = file.value(HEALTH, key);
        List<InetSocketAddress> controllers = new ArrayList<>();
        for (String word : text == null ? new String[0] : text.split("[,\\s]+")) {
            InetSocketAddress controller = controller(word);
            if (controller != null) {
                controllers.add(controller);
            } else if (!word.isEmpty()) {
                file.fault(HEALTH, key, word, "must be a list of IP:PORT, with an IPv6 address as [IP]:PORT");
            }
        }
        return controllers;
    }

    private static @Nullable InetSocketAddress controller(String word) {
        int colon = word.lastIndexOf(':');
        if (colon < 1) {
            return null;
        }
        String host = word.substring(0, colon);
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        int port = number(word.substring(colon + 1), 65535);
        try {
            return port < 1 ? null : new InetSocketAddress(IpAddress.parse(bare).toInetAddress(), port);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private Duration interval() {
        String key = "heartbeat_interval";
        String text = file.value(HEALTH, key);
        int seconds = text == null ? 0 : number(text, LONGEST_INTERVAL);
        if (text == null || seconds < 1) {
            if (text != null) {
                file.fault(HEALTH, key, text, "must be 1.." + LONGEST_INTERVAL + " s; 10 is used until it is mended");
            }
            return DEFAULTS.heartbeatInterval();
        }
        return Duration.ofSeconds(seconds);
    }

    private void unknown() {
        for (String key : file.unknownKeys(OURS, Set.of(ACTIVE_STANDBY, REQUIRE_BACK_END))) {
            file.fault(
                    OURS,
                    key,
                    null,
                    "is not a key of this section; those are " + ACTIVE_STANDBY + " and " + REQUIRE_BACK_END);
        }
    }

    private boolean requireBackEnd() {
        String text = file.value(OURS, REQUIRE_BACK_END);
        return text != null
                && switch (text.toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "on", "1" -> true;
                    case "false", "no", "off", "0" -> false;
                    default -> {
                        file.fault(
                                OURS,
                                REQUIRE_BACK_END,
                                text,
                                "must be true or false; false is used until it is mended");
                        yield false;
                    }
                };
    }

    private ActiveStandby activeStandby() {
        String text = file.value(OURS, ACTIVE_STANDBY);
        if (text == null || text.equals("active_active")) {
            return ActiveStandby.ACTIVE_ACTIVE;
        }
        if (!text.equals("refuse")) {
            file.fault(
                    OURS, ACTIVE_STANDBY, text, "must be active_active or refuse; refuse is used until it is mended");
        }
        return ActiveStandby.REFUSE;
    }

    /** A number 1..max; 0 for everything else. */
    static int number(String text, int max) {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = digits ? Integer.parseInt(text) : 0;
        return number <= max ? number : 0;
    }
}
