// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A config drive (a directory, personality form) for an appliance on loopback whose router is 127.0.0.2, AS 65000. */
final class Drive {
    static final String ROUTER = "127.0.0.2";
    static final int ROUTER_AS = 65000;

    /** The appliance listens here, since a listener on port 179 of every address would keep the router from it. */
    static final String LISTEN_PORT = "1179";

    private static final String AGENT = """
            [DEFAULT]
            debug = False

            [haproxy_amphora]
            bind_host = 127.0.0.1
            bind_port = 9443
            base_path = %1$s
            base_cert_dir = %1$s/certs

            [amphora_agent]
            agent_server_ca = /etc/octavia/certs/client_ca.pem
            agent_server_cert = /etc/octavia/certs/server.pem
            amphora_id = 6e4a9d2c-5f3b-4a0e-9d56-0f0d6c5b1a11

            [l3_distributor]
            require_back_end = true

            [l3_bgp_speaker]
            ip_version = 4
            local_as = 64512
            router_id = 127.0.0.1
            peers = tor
            allowed_vip_prefixes = 203.0.113.0/24, 198.51.100.0/24, 2001:db8:100::/64

            [l3_bgp_peer:tor]
            id = tor
            peer_ip = 127.0.0.2
            remote_as = 65000
            hold_time = 30
            """;

    private Drive() {}

    /** Where HAProxy's files lie: beside the drive. */
    static Path haproxy(Path drive) {
        return drive.toAbsolutePath().resolveSibling("haproxy");
    }

    static Path write(Path drive, Pki pki) throws IOException {
        return write(drive, pki, haproxy(drive));
    }

    /** @param haproxy where HAProxy's files lie, as the appliance sees it */
    static Path write(Path drive, Pki pki, Path haproxy) throws IOException {
        Path content = Files.createDirectories(drive.resolve("openstack/content"));
        Path latest = Files.createDirectories(drive.resolve("openstack/latest"));
        Files.writeString(content.resolve("0000"), AGENT.formatted(haproxy));
        Files.copy(pki.server(), content.resolve("0001"));
        Files.copy(pki.authority(), content.resolve("0002"));
        Files.writeString(latest.resolve("meta_data.json"), """
                {"uuid": "6e4a9d2c-5f3b-4a0e-9d56-0f0d6c5b1a11", "files": [
                 {"path": "/etc/octavia/amphora-agent.conf", "content_path": "/content/0000"},
                 {"path": "/etc/octavia/certs/server.pem", "content_path": "/content/0001"},
                 {"path": "/etc/octavia/certs/client_ca.pem", "content_path": "/content/0002"}]}
                """);
        return drive;
    }
}
