// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an amphora's host is.
 *
 * @param haproxyVersion null where there is no HAProxy
 * @param haproxies how many load balancers have a running one
 * @param processors 0 where the amphora doesn't tell, as agents older than Octavia 12 don't
 * @param listeners ids of the listeners of the configurations it has taken
 * @param networks by the name of the interface, in the namespace of the load balancer
 */
public record AmphoraDetails(
        String hostname,
        @Nullable String haproxyVersion,
        int haproxies,
        int processors,
        Memory memory,
        List<String> listeners,
        Map<String, Traffic> networks) {
    public AmphoraDetails {
        listeners = List.copyOf(listeners);
        networks = Map.copyOf(networks);
    }

    /** In kB; Octavia makes HAProxy's TLS cache of the sum of the last three. */
    public record Memory(long total, long free, long buffers, long cached) {}

    /** In octets. */
    public record Traffic(long sent, long received) {}
}
