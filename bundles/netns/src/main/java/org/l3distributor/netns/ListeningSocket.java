// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import org.l3distributor.net.IpAddress;

/**
 * A TCP socket that accepts connections.
 *
 * @param address unspecified (0.0.0.0, ::) when it does so for all
 * @param port 1..65535
 * @param ipv4Too for ::, whether it accepts IPv4 as well
 */
public record ListeningSocket(IpAddress address, int port, boolean ipv4Too) {
    /** Whether a connection to this address and port reaches it. */
    public boolean accepts(IpAddress to, int toPort) {
        boolean any = address.isUnspecified() && (address.family() == to.family() || ipv4Too);
        return port == toPort && (any || address.equals(to));
    }
}
