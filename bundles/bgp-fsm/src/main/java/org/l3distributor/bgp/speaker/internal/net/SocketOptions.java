// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import io.netty.bootstrap.AbstractBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.Secret;

/**
 * What is set on a socket before the first packet leaves: TTL 255 always, the least TTL that is accepted (GTSM, RFC 5082),
 * and the MD5 key (RFC 2385). A wrong key or TTL makes the kernel drop the packet, so it shows as a timeout.
 */
final class SocketOptions {
    private static final int MAX_TTL = 255;
    /** CS6, network control, as routers mark their BGP packets. */
    private static final int NETWORK_CONTROL = 0xC0;

    private static final IntegerUnixChannelOption IP_TTL = new IntegerUnixChannelOption("IP_TTL", 0, 2);
    private static final IntegerUnixChannelOption IP_MINTTL = new IntegerUnixChannelOption("IP_MINTTL", 0, 21);
    private static final IntegerUnixChannelOption IPV6_HOPS = new IntegerUnixChannelOption("IPV6_UNICAST_HOPS", 41, 16);
    private static final IntegerUnixChannelOption IPV6_MINHOPS =
            new IntegerUnixChannelOption("IPV6_MINHOPCOUNT", 41, 73);
    private static final IntegerUnixChannelOption IP_TOS = new IntegerUnixChannelOption("IP_TOS", 0, 1);
    private static final IntegerUnixChannelOption IPV6_CLASS = new IntegerUnixChannelOption("IPV6_TCLASS", 41, 67);
    private static final IntegerUnixChannelOption IPV6_V6ONLY = new IntegerUnixChannelOption("IPV6_V6ONLY", 41, 26);

    private SocketOptions() {}

    /** For the connection that we make. */
    static void outgoing(AbstractBootstrap<?, ?> bootstrap, PeerSettings peer) {
        AddressFamily family = peer.address().family();
        bootstrap.option(ttl(family), MAX_TTL);
        bootstrap.option(trafficClass(family), NETWORK_CONTROL);
        bootstrap.option(minTtl(family), leastTtl(peer));
        Secret key = peer.md5Password();
        if (key != null) {
            bootstrap.option(
                    EpollChannelOption.TCP_MD5SIG, Map.of(peer.address().toInetAddress(), key.reveal()));
        }
    }

    /** For a listener: its children inherit all of it, and it is there before it listens. */
    static void listening(AbstractBootstrap<?, ?> bootstrap, AddressFamily family, List<PeerSettings> peers) {
        bootstrap.option(ttl(family), MAX_TTL);
        bootstrap.option(trafficClass(family), NETWORK_CONTROL);
        bootstrap.option(minTtl(family), leastTtl(peers));
        if (family == AddressFamily.IPV6) {
            bootstrap.option(IPV6_V6ONLY, 1);
        }
        bootstrap.option(EpollChannelOption.TCP_MD5SIG, keys(peers));
    }

    /**
     * For a listener whose peers have changed: keys of those that have gone are taken off.
     *
     * @throws ChannelException when the kernel refuses; what it guards then is unknown
     */
    static void update(Channel listener, AddressFamily family, List<PeerSettings> peers) {
        listener.config().setOption(EpollChannelOption.TCP_MD5SIG, keys(peers));
        listener.config().setOption(minTtl(family), leastTtl(peers));
    }

    private static Map<InetAddress, byte[]> keys(List<PeerSettings> peers) {
        Map<InetAddress, byte[]> keys = new HashMap<>();
        for (PeerSettings peer : peers) {
            Secret key = peer.md5Password();
            if (key != null) {
                keys.put(peer.address().toInetAddress(), key.reveal());
            }
        }
        return keys;
    }

    /**
     * For a connection that a peer has made. What arrived before this was let in by the listener.
     *
     * @throws ChannelException when the kernel refuses
     */
    static void accepted(Channel child, PeerSettings peer) {
        child.config().setOption(minTtl(peer.address().family()), leastTtl(peer));
    }

    private static int leastTtl(PeerSettings peer) {
        Integer hops = peer.ttlHops();
        return hops == null ? 0 : MAX_TTL + 1 - hops;
    }

    /**
     * The listener's own: the lowest of its peers'. Where all of them are guarded, no packet from farther away than the
     * farthest gets as far as a connection; the child then gets the value of its peer.
     */
    private static int leastTtl(List<PeerSettings> peers) {
        return peers.stream().mapToInt(SocketOptions::leastTtl).min().orElse(0);
    }

    private static IntegerUnixChannelOption trafficClass(AddressFamily family) {
        return family == AddressFamily.IPV4 ? IP_TOS : IPV6_CLASS;
    }

    private static IntegerUnixChannelOption ttl(AddressFamily family) {
        return family == AddressFamily.IPV4 ? IP_TTL : IPV6_HOPS;
    }

    private static IntegerUnixChannelOption minTtl(AddressFamily family) {
        return family == AddressFamily.IPV4 ? IP_MINTTL : IPV6_MINHOPS;
    }
}
