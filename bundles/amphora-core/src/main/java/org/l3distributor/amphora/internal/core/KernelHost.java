// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.l3distributor.amphora.internal.wanted.Host;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** Reads the addresses of the network namespace in which this process lives. Sends nothing. */
public final class KernelHost {
    private static final int BGP = 179;

    private KernelHost() {}

    /** The host now; what the kernel doesn't tell is left out, and why is logged. */
    public static Host read(Collection<IpAddress> peers) {
        List<IpAddress> own = new ArrayList<>();
        List<IpAddress> global = new ArrayList<>();
        Map<IpAddress, IpPrefix> networks = new HashMap<>();
        try {
            for (NetworkInterface nic : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                boolean loopback = nic.isLoopback();
                for (InterfaceAddress on : nic.getInterfaceAddresses()) {
                    IpAddress address = IpAddress.of(on.getAddress());
                    int length = on.getNetworkPrefixLength();
                    own.add(address);
                    if (!loopback && !address.isLinkLocal()) {
                        global.add(address);
                        networks.put(address, new IpPrefix(address.masked(length), length));
                    }
                }
            }
        } catch (IOException e) {
            CoreLog.hostFault("own addresses", e);
        }
        Map<IpAddress, IpAddress> sources = new HashMap<>();
        peers.forEach(peer -> sourceToward(peer).ifPresent(source -> sources.put(peer, source)));
        List<IpPrefix> management = sources.values().stream()
                .distinct()
                .flatMap(source -> Optional.ofNullable(networks.get(source)).stream())
                .filter(prefix -> !prefix.isHost())
                .distinct()
                .toList();
        return new Host(own, global, sources, management);
    }

    /** Connecting a datagram socket asks the routing table and sends nothing. */
    private static Optional<IpAddress> sourceToward(IpAddress peer) {
        InetAddress address = peer.toInetAddress();
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(new InetSocketAddress(address, BGP));
            return channel.getLocalAddress() instanceof InetSocketAddress local
                            && !local.getAddress().isAnyLocalAddress()
                    ? Optional.of(IpAddress.of(local.getAddress()))
                    : Optional.empty();
        } catch (IOException e) {
            CoreLog.hostFault("the way to " + peer, e);
            return Optional.empty();
        }
    }
}
