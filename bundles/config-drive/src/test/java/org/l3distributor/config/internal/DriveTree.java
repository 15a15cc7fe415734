// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes config drives as Nova lays them out, with what Octavia puts on them. */
public record DriveTree(Path root) {
    public static final String INSTANCE = "0f9d6f3e-0000-4000-8000-000000000001";
    public static final String AMPHORA = "5a8a3a5e-5d9e-4d6c-9a3e-0c7a00000001";
    public static final String AGENT = """
            [DEFAULT]
            debug = False

            [haproxy_amphora]
            bind_host = ::
            bind_port = 9443

            [amphora_agent]
            agent_server_ca = /etc/octavia/certs/client_ca.pem
            agent_server_cert = /etc/octavia/certs/server.pem
            amphora_id = %s

            """.formatted(AMPHORA);
    public static final String PROFILE = """
            [l3_bgp_speaker]
            ip_version = 4
            local_as = 64512
            peers = tor1, tor2

            [l3_bgp_peer:tor1]
            peer_ip = 10.10.10.1
            remote_as = 64512
            auth_type = md5
            md5_password = s3cr3t, with comma % and $ sign

            [l3_bgp_peer:tor2]
            peer_ip = 10.10.10.254
            remote_as = 64513
            """;

    /** The files as injected ones ("personality"). */
    public DriveTree personality(String agentFile) {
        write("openstack/latest/meta_data.json", """
                {"uuid": "%s", "name": "amphora \\u00fc \\ud83d\\ude00", "launch_index": 0, "admin": null, "files":
                [{"content_path": "/content/0000", "path": "/etc/octavia/certs/server.pem"},
                {"path": "/etc/octavia/certs/client_ca.pem", "content_path": "/content/0001"},
                {"content_path":"/content/0002","path":"/etc/octavia/amphora-agent.conf"}]}""".formatted(INSTANCE));
        write("openstack/content/0000", "SERVER KEY\n");
        write("openstack/content/0001", "CLIENT CA\n");
        write("openstack/content/0002", agentFile);
        write("openstack/latest/user_data", "#cloud-config\nruncmd:\n-   systemctl restart rsyslog\ntimezone: UTC");
        return this;
    }

    /** The files in a cloud-config. */
    public DriveTree writeFiles(String agentFile) {
        write("openstack/latest/meta_data.json", "{\"uuid\": \"%s\"}".formatted(INSTANCE));
        write("openstack/latest/user_data", """
                #cloud-config
                # vim: syntax=yaml
                write_files:
                -   path: /etc/octavia/certs/server.pem
                    content: |
                        SERVER KEY

                -   path: /etc/octavia/certs/client_ca.pem
                    content: |
                        CLIENT CA

                -   path: /etc/octavia/amphora-agent.conf
                    content: |

                %s
                runcmd:
                -   service amphora-agent restart
                timezone: UTC""".formatted(agentFile.indent(8)));
        return this;
    }

    public DriveTree write(String path, String text) {
        return write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    public DriveTree write(String path, byte[] content) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
