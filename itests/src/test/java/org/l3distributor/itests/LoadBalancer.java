// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/** A load balancer of Debian's HAProxy in the container, with a wire for a front end; both are gone afterwards. */
final class LoadBalancer implements AutoCloseable {
    private static final String ID = "lb1";
    private static final String WIRE = "l3dwire";
    private static final String FRONT_END = "l3dfront";

    private final Path base;
    private final String vip;

    /** @param base where HAProxy's files lie */
    LoadBalancer(Path base, String vip) throws Exception {
        this.base = base;
        this.vip = vip;
        Command.run("ip", "link", "add", WIRE, "up", "type", "veth", "peer", "name", FRONT_END);
    }

    /** Plugs the VIP, and serves it with a HAProxy that has no back end; as a controller would do it. */
    void serve(Controller controller) throws Exception {
        done(controller.call("POST", "/1.0/plug/vip/" + vip, """
                {"subnet_cidr": "10.20.0.0/24", "gateway": "10.20.0.1", "mac_address": "%s", "mtu": 1500,
                 "vrrp_ip": "10.20.0.11", "host_routes": []}""".formatted(mac())));
        done(controller.call("PUT", "/1.0/loadbalancer/" + Controller.AMPHORA + "/" + ID + "/haproxy", """
                global
                    stats socket %s/%s.sock mode 0666 level user
                defaults
                    mode http
                    timeout client 5s
                    timeout connect 5s
                    timeout server 5s
                frontend listener1
                    bind %s:80
                """.formatted(
                        base, ID, vip)));
        done(controller.call("PUT", "/1.0/loadbalancer/" + ID + "/reload", ""));
    }

    private static String mac() throws IOException {
        byte[] address = NetworkInterface.getByName(FRONT_END).getHardwareAddress();
        return HexFormat.ofDelimiter(":").formatHex(address);
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
