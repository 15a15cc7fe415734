// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.profile;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;
import org.l3distributor.net.Secret;

/**
 * One checked {@code [l3_bgp_peer:NAME]} section.
 *
 * @param id the key {@code id}, or the section's name where there is none
 * @param name the section's name
 * @param md5Password present exactly when the session is signed (RFC 2385); 1..80 bytes
 * @param ttlHops GTSM (RFC 5082): accept TTL >= 256 - ttlHops, 1..254; null = off
 * @param holdTime proposed hold time: zero or 3..65535 s
 * @param keepaliveInterval less than the hold time; a third of it by default; zero exactly when the hold time is
 * @param families address families carried on the session
 * @param passive true = never connect, wait for the peer to do it
 * @param enabled false = configured, and held down
 * @param linkBandwidth how this peer is told what each next hop can take, if at all
 */
public record PeerProfile(
        PeerId id,
        String name,
        IpAddress peerIp,
        AsNumber remoteAs,
        @Nullable Secret md5Password,
        @Nullable Integer ttlHops,
        Duration holdTime,
        Duration keepaliveInterval,
        Set<AddressFamily> families,
        boolean passive,
        boolean enabled,
        LinkBandwidth linkBandwidth,
        String description) {
    public PeerProfile {
        families = Set.copyOf(families);
    }

    /** The link bandwidth community (draft-ietf-idr-link-bandwidth), by which a router shares its traffic. */
    public enum LinkBandwidth {
        /** Not sent. */
        NONE,
        /** May be passed on to other ASes. */
        TRANSITIVE,
        /** Stays in the peer's AS. */
        NON_TRANSITIVE;

        /** As the profile writes it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
