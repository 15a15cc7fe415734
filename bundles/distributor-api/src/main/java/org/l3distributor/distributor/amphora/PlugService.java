// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.amphora;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Interfaces and VIPs of the load balancer's namespace, as the Octavia controller has them plugged. What is plugged is
 * durable before it is answered, comes back after a restart, and is repaired when somebody changes it.
 */
@ProviderType
public interface PlugService {
    /**
     * Moves the interface into the namespace as the front end, gives it its front-end address and routes, and puts the
     * VIPs on {@code lo}. Refused as NOT_FOUND while no interface has the MAC address (the controller tries again), as
     * CONFLICT when the same plug stands already, and as FAILED when it contradicts what stands. Gives the interface's name.
     */
    CompletionStage<Reply<String>> plugVip(VipPlug plug);

    /** Moves an interface into the namespace, or updates one that is there. */
    CompletionStage<Reply<NetworkPlugged>> plugNetwork(NetworkPlug plug);

    /**
     * Withdraws a VIP and takes it off {@code lo}; the interface stays. Done also when it isn't plugged. Refused as
     * CONFLICT while a load balancer's configuration binds it.
     */
    CompletionStage<Reply<Reply.Ok>> unplugVip(IpAddress vip);

    /** The name of the interface in the namespace that has the address; refused as NOT_FOUND when none has. */
    CompletionStage<Reply<String>> interfaceOf(IpAddress address);

    /** Octets sent and received by each interface of the namespace but {@code lo}, by name; none without a namespace. */
    CompletionStage<List<Traffic>> traffic();

    /**
     * A VIP with its front end.
     *
     * @param mac of the interface, lower-case hex with colons
     * @param subnet the front-end subnet; the VIP's own, unless the caller says otherwise
     * @param frontendIp the amphora's front-end address, next hop of the VIP's routes
     * @param gateway of the front-end subnet; null when it has none
     * @param mtu in bytes; null = the interface's own
     * @param additional further VIPs on the same interface
     */
    record VipPlug(
            IpAddress vip,
            String mac,
            IpPrefix subnet,
            IpAddress frontendIp,
            @Nullable IpAddress gateway,
            @Nullable Integer mtu,
            List<HostRoute> hostRoutes,
            List<AdditionalVip> additional) {
        public VipPlug {
            hostRoutes = List.copyOf(hostRoutes);
            additional = List.copyOf(additional);
        }
    }

    /**
     * A further VIP.
     *
     * @param frontendIp the next hop of its routes; null when the caller names none
     * @param frontendSubnet the subnet of that address; null when it is the VIP's
     */
    record AdditionalVip(
            IpAddress vip,
            IpPrefix subnet,
            @Nullable IpAddress gateway,
            List<HostRoute> hostRoutes,
            @Nullable IpAddress frontendIp,
            @Nullable IpPrefix frontendSubnet) {
        public AdditionalVip {
            hostRoutes = List.copyOf(hostRoutes);
        }
    }

    record HostRoute(IpPrefix destination, IpAddress nextHop) {}

    /** A further interface, on a back-end network. */
    record NetworkPlug(
            String mac, List<FixedIp> fixedIps, @Nullable Integer mtu) {
        public NetworkPlug {
            fixedIps = List.copyOf(fixedIps);
        }
    }

    record FixedIp(
            IpAddress address, IpPrefix subnet, @Nullable IpAddress gateway, List<HostRoute> hostRoutes) {
        public FixedIp {
            hostRoutes = List.copyOf(hostRoutes);
        }
    }

    /** @param updated true when the interface was in the namespace before */
    record NetworkPlugged(String name, boolean updated) {}

    record Traffic(String name, long sent, long received) {}
}
