// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;
import org.l3distributor.net.RouterId;
import org.l3distributor.net.Secret;

/**
 * Everything a session with one peer needs to know.
 *
 * @param port the peer's TCP port, 1..65535 (179 outside of tests)
 * @param localAddress source address of the session; null = the kernel chooses
 * @param holdTime proposed hold time (RFC 4271 section 4.2): zero or 3..65535 s
 * @param keepalive keepalive interval at the proposed hold time; scaled down when a shorter one is negotiated
 * @param md5Password TCP MD5 key (RFC 2385), 1..80 bytes; null = unsigned
 * @param ttlHops GTSM (RFC 5082): packets with a TTL below 256 - ttlHops are dropped, 1..254; null = off. TTL 255 is
 *     always sent.
 * @param families address families offered and carried
 * @param passive true = wait for the peer to connect
 * @param enabled false = held down, by an operator or by configuration
 * @param linkBandwidth how the bandwidth of a {@link WantedRoute} is said to this peer, if at all
 */
public record PeerSettings(
        PeerId id,
        String speaker,
        IpAddress address,
        int port,
        @Nullable IpAddress localAddress,
        AsNumber localAs,
        RouterId routerId,
        AsNumber remoteAs,
        Duration holdTime,
        Duration keepalive,
        @Nullable Secret md5Password,
        @Nullable Integer ttlHops,
        Set<AddressFamily> families,
        boolean passive,
        boolean enabled,
        LinkBandwidth linkBandwidth,
        String description) {
    public PeerSettings {
        families = Set.copyOf(families);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port of peer " + id + " must be 1..65535, got " + port);
        }
    }

    public boolean external() {
        return !localAs.equals(remoteAs);
    }
}
