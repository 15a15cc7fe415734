// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.l3distributor.bgp.speaker.LinkBandwidth;
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

    /** A peer at 192.0.2.1 of a speaker 192.0.2.2. */
    public static PeerSettings peer(long local, long remote, boolean passive, Set<AddressFamily> families) {
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
                LinkBandwidth.NONE,
                "");
    }

    /** The same peer, held down by an operator. */
    public static PeerSettings disabled(PeerSettings peer) {
        return copy(peer, peer.routerId(), peer.holdTime(), peer.keepalive(), peer.families(), peer.passive(), false);
    }

    /** The same peer, told of bandwidths. */
    public static PeerSettings weighing(PeerSettings peer, LinkBandwidth linkBandwidth) {
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
                peer.enabled(),
                linkBandwidth,
                peer.description());
    }

    public static PeerSettings passive(PeerSettings peer, boolean passive) {
        return copy(peer, peer.routerId(), peer.holdTime(), peer.keepalive(), peer.families(), passive, true);
    }

    public static PeerSettings identified(PeerSettings peer, String routerId) {
        RouterId id = RouterId.parse(routerId);
        return copy(peer, id, peer.holdTime(), peer.keepalive(), peer.families(), peer.passive(), true);
    }

    public static PeerSettings speaking(PeerSettings peer, Set<AddressFamily> families) {
        return copy(peer, peer.routerId(), peer.holdTime(), peer.keepalive(), families, peer.passive(), true);
    }

    /** The same peer with other timers, in seconds. */
    public static PeerSettings timed(PeerSettings peer, int hold, int keepalive) {
        Duration holdTime = Duration.ofSeconds(hold);
        Duration interval = Duration.ofSeconds(keepalive);
        return copy(peer, peer.routerId(), holdTime, interval, peer.families(), peer.passive(), true);
    }

    private static PeerSettings copy(
            PeerSettings peer,
            RouterId routerId,
            Duration holdTime,
            Duration keepalive,
            Set<AddressFamily> families,
            boolean passive,
            boolean enabled) {
        return new PeerSettings(
                peer.id(),
                peer.speaker(),
                peer.address(),
                peer.port(),
                peer.localAddress(),
                peer.localAs(),
                routerId,
                peer.remoteAs(),
                holdTime,
                keepalive,
                peer.md5Password(),
                peer.ttlHops(),
                families,
                passive,
                enabled,
                peer.linkBandwidth(),
                peer.description());
    }
}
