// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;

/**
 * The looking glass's view of one network namespace at one moment.
 *
 * @param name its name below {@code /run/netns}
 * @param state idle, ready, absent or failed
 * @param since when it entered the state
 * @param links its interfaces, in the kernel's order; then those that were plugged and are missing
 * @param vips the VIPs that the appliance put there or tries to
 * @param driftRepaired how often something was put right that somebody had undone
 * @param error what is wrong with the namespace itself, in words; null when nothing is
 */
public record NamespaceView(
        String name,
        String state,
        Instant since,
        List<Link> links,
        List<Vip> vips,
        long driftRepaired,
        @Nullable String error) {
    public NamespaceView {
        links = List.copyOf(links);
        vips = List.copyOf(vips);
    }

    /**
     * One interface.
     *
     * @param up administratively
     * @param carrier whether something is at the other end of its wire
     * @param mac null when it has none
     * @param mtu in bytes; null when it is missing
     * @param addresses with prefix length
     * @param fault of one that was plugged: why nothing can be served through it; null when something can
     */
    public record Link(
            String name,
            boolean up,
            boolean carrier,
            @Nullable String mac,
            @Nullable Integer mtu,
            List<String> addresses,
            @Nullable String fault) {
        public Link {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * One VIP of ours.
     *
     * @param wanted false while it is being removed
     * @param onLo on a loopback that is up, when last seen
     * @param error what stands between wish and kernel; null when nothing does
     */
    public record Vip(
            IpAddress vip,
            boolean wanted,
            boolean onLo,
            @Nullable String error) {}
}
