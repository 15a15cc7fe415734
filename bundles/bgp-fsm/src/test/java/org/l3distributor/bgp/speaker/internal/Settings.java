// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;
import org.l3distributor.net.RouterId;

/** Settings of peers as the tests need them. */
public final class Settings {
    public static final PeerSettings EBGP = peer(64512, 65000, false, EnumSet.allOf(AddressFamily.class));
    public static final PeerSettings IBGP = peer(65000, 65000, false, EnumSet.allOf(AddressFamily.class));
    public static final PeerSettings IPV4_ONLY = peer(64512, 65000, false, EnumSet.of(AddressFamily.IPV4));
    public static final PeerSettings PASSIVE = peer(64512, 65000, true, EnumSet.allOf(AddressFamily.class));

    private Settings() {}

    private static PeerSettings peer(long local, long remote, boolean passive, Set<AddressFamily> families) {
        return new PeerSettings(
                new PeerId("tor"),
                "default",
                IpAddress.parse("192.0.2.1"),
                179,
                null,
                new AsNumber(local),
                RouterId.parse("192.0.2.2"),
                new AsNumber(remote),
                Duration.ofSeconds(9),
                Duration.ofSeconds(3),
                null,
                null,
                families,
                passive,
                true,
                "");
    }

    /** The same peer, held down by an operator. */
    public static PeerSettings disabled(PeerSettings peer) {
        return new PeerSettings(
                peer.id(),
                peer.speaker(),
                peer.address(),
                peer.port(),
                peer.localAddress(),
                peer.localAs(),
                peer.routerId(),
                peer.remoteAs(),
                peer.holdTime(),
                peer.keepalive(),
                peer.md5Password(),
                peer.ttlHops(),
                peer.families(),
                peer.passive(),
                false,
                peer.description());
    }
}
