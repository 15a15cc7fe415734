// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A load balancer of Debian's HAProxy in the container, with a wire for a front end; both are gone afterwards. Its one back
 * end is the same HAProxy.
 */
final class LoadBalancer implements AutoCloseable {
    private static final String ID = "lb1";
    private static final String WIRE = "l3dwire";
    private static final String MAC = "fa:16:3e:00:00:20";

    private final Path base;
    private final String vip;

    /** @param base where HAProxy's files lie */
    LoadBalancer(Path base, String vip) throws Exception {
        this.base = base;
        this.vip = vip;
        Command.run("ip", "link", "add", WIRE, "up", "type", "veth", "peer", "name", "l3dfront", "address", MAC);
    }

    /** Plugs the VIP and serves it, as a controller would do it. */
    void serve(Controller controller) throws Exception {
        done(controller.call("POST", "/1.0/plug/vip/" + vip, """
                {"subnet_cidr": "10.20.0.0/24", "gateway": "10.20.0.1", "mac_address": "%s", "mtu": 1500,
                 "vrrp_ip": "10.20.0.11", "host_routes": []}""".formatted(MAC)));
        done(controller.call("PUT", "/1.0/loadbalancer/" + Controller.AMPHORA + "/" + ID + "/haproxy", """
                global
                    stats socket %1$s/%2$s.sock mode 0666 level admin
                defaults
                    mode http
                    timeout client 5s
                    timeout connect 5s
                    timeout server 5s
                frontend listener1
                    bind %3$s:80
                    default_backend pool1
                backend pool1
                    server member1 127.0.0.1:8080 check inter 100ms fall 2 rise 1
                frontend application
                    bind 127.0.0.1:8080
                    http-request return status 200
                """.formatted(
                        base, ID, vip)));
        done(controller.call("PUT", "/1.0/loadbalancer/" + ID + "/reload", ""));
    }

    /** Has the back end refuse connections, or take them again; HAProxy's health check will find it so. */
    void backEnd(boolean up) throws IOException {
        UnixDomainSocketAddress socket = UnixDomainSocketAddress.of(base.resolve(ID + ".sock"));
        try (SocketChannel channel = SocketChannel.open(socket)) {
            String order = (up ? "enable" : "disable") + " frontend application\n";
            channel.write(StandardCharsets.US_ASCII.encode(order));
            ByteBuffer answer = ByteBuffer.allocate(1000);
            while (channel.read(answer) >= 0) {
                // until it has said all
            }
            assertEquals(
                    "what HAProxy objects",
                    "\n",
                    new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII));
        }
    }

    private static void done(Controller.Answer answer) {
        assertEquals(answer.body(), 2, answer.status() / 100);
    }

    /** HAProxy's master, while it runs. */
    Optional<ProcessHandle> master() throws IOException {
        Path file = base.resolve(ID + "/" + ID + ".pid");
        return Files.exists(file)
                ? ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                : Optional.empty();
    }

    @Override
    public void close() throws Exception {
        master().ifPresent(ProcessHandle::destroy);
        Command.run("ip", "link", "del", WIRE);
    }
}
