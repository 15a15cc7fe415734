// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import io.netty.bootstrap.AbstractBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
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
    private static final IntegerUnixChannelOption IPV6_V6ONLY = new IntegerUnixChannelOption("IPV6_V6ONLY", 41, 26);

    private SocketOptions() {}

    /** For the connection that we make. */
    static void outgoing(AbstractBootstrap<?, ?> bootstrap, PeerSettings peer) {
        AddressFamily family = peer.address().family();
        bootstrap.option(ttl(family), MAX_TTL);
        if (family == AddressFamily.IPV4) {
            bootstrap.option(ChannelOption.IP_TOS, NETWORK_CONTROL);
        }
        Integer hops = peer.ttlHops();
        if (hops != null) {
            bootstrap.option(minTtl(family), MAX_TTL + 1 - hops);
        }
        Secret key = peer.md5Password();
        if (key != null) {
            bootstrap.option(
                    EpollChannelOption.TCP_MD5SIG, Map.of(peer.address().toInetAddress(), key.reveal()));
        }
    }

    /**
     * For a listener: its children inherit all of it. The keys are there before it listens. The least TTL is per peer, so
     * the child gets it.
     */
    static void listening(AbstractBootstrap<?, ?> bootstrap, AddressFamily family, List<PeerSettings> peers) {
        bootstrap.option(ttl(family), MAX_TTL);
        if (family == AddressFamily.IPV6) {
            bootstrap.option(IPV6_V6ONLY, 1);
        }
        bootstrap.option(EpollChannelOption.TCP_MD5SIG, keys(peers));
    }

    /** The keys of all peers that may connect to a listener; those that have gone are taken off. */
    static void keys(Channel listener, List<PeerSettings> peers) {
        listener.config().setOption(EpollChannelOption.TCP_MD5SIG, keys(peers));
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

    /** For a connection that a peer has made. */
    static void accepted(Channel child, PeerSettings peer) {
        Integer hops = peer.ttlHops();
        if (hops != null) {
            child.config().setOption(minTtl(peer.address().family()), MAX_TTL + 1 - hops);
        }
    }

    private static IntegerUnixChannelOption ttl(AddressFamily family) {
        return family == AddressFamily.IPV4 ? IP_TTL : IPV6_HOPS;
    }

    private static IntegerUnixChannelOption minTtl(AddressFamily family) {
        return family == AddressFamily.IPV4 ? IP_MINTTL : IPV6_MINHOPS;
    }
}
