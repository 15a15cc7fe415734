// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy;

import org.l3distributor.net.IpAddress;

/**
 * A health manager of Octavia's, to which heartbeats go.
 *
 * @param port UDP, 1..65535
 */
public record Controller(IpAddress address, int port) {
    public Controller {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1..65535, got " + port);
        }
    }

    /**
     * Reads an entry of {@code controller_ip_port_list}: {@code 192.0.2.1:5555}, {@code [2001:db8::1]:5555} or
     * {@code 2001:db8::1:5555}; the last colon ends the address.
     *
     * @throws IllegalArgumentException when it isn't one
     */
    public static Controller parse(String text) {
        String entry = text.strip();
        int colon = entry.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("no port in \"" + entry + "\": ADDRESS:PORT is wanted");
        }
        String address = entry.substring(0, colon);
        boolean brackets = address.startsWith("[") && address.endsWith("]");
        String port = entry.substring(colon + 1);
        if (!port.matches("\\d{1,5}")) {
            throw new IllegalArgumentException("no port in \"" + entry + "\": ADDRESS:PORT is wanted");
        }
        return new Controller(
                IpAddress.parse(brackets ? address.substring(1, address.length() - 1) : address),
                Integer.parseInt(port));
    }

    /** {@code 192.0.2.1:5555}, {@code [2001:db8::1]:5555}. */
    @Override
    public String toString() {
        String text = address.toString();
        return (text.indexOf(':') < 0 ? text : "[" + text + "]") + ":" + port;
    }
}
