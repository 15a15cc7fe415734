// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy;

import org.l3distributor.net.IpAddress;

/**
 * Where a frontend listens.
 *
 * @param address the address; 0.0.0.0 or :: for every one of its family
 * @param port 1..65535
 */
public record Bind(IpAddress address, int port) implements Comparable<Bind> {
    public Bind {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1..65535, got " + port);
        }
    }

    /** Whether who connects to this address at this port is answered here. */
    public boolean covers(IpAddress other) {
        return address.equals(other) || (address.isUnspecified() && address.family() == other.family());
    }

    /** Whether some connection would be answered at both. */
    public boolean overlaps(Bind other) {
        return port == other.port && (covers(other.address) || other.covers(address));
    }

    @Override
    public int compareTo(Bind other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
    }

    /** {@code 203.0.113.10:80}, {@code [2001:db8::10]:80}. */
    @Override
    public String toString() {
        String text = address.toString();
        return (text.indexOf(':') < 0 ? text : "[" + text + "]") + ":" + port;
    }
}
