// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;

/**
 * A namespace at one moment.
 *
 * @param since when the state was entered
 * @param actual links and addresses as last read; empty when the namespace isn't there or can't be read
 * @param vips ours, by address
 * @param interfaces those that are plugged, by MAC
 * @param driftRepaired how often something was put right that somebody had undone, since this service started
 * @param error what is wrong with the namespace itself or its settings, not with one VIP or interface; null when
 *     nothing is
 */
public record NamespaceSnapshot(
        String namespace,
        NamespaceState state,
        Instant since,
        ActualNamespace actual,
        List<VipStatus> vips,
        List<InterfaceStatus> interfaces,
        long driftRepaired,
        @Nullable NetnsException error) {
    public NamespaceSnapshot {
        vips = List.copyOf(vips);
        interfaces = List.copyOf(interfaces);
    }

    /** A namespace in which nothing was ever plugged. */
    public static NamespaceSnapshot idle(String namespace, Instant since) {
        return new NamespaceSnapshot(
                namespace, NamespaceState.IDLE, since, ActualNamespace.empty(), List.of(), List.of(), 0, null);
    }

    /** The VIP, if it is one of ours. */
    public Optional<VipStatus> vip(IpAddress vip) {
        return vips.stream().filter(status -> status.vip().equals(vip)).findFirst();
    }

    /** Whether this VIP is one of ours and on a {@code lo} that is up. */
    public boolean onLo(IpAddress vip) {
        return vip(vip).map(VipStatus::onLo).orElse(false);
    }

    /** The interface with this MAC, if it is plugged. */
    public Optional<InterfaceStatus> plugged(MacAddress mac) {
        return interfaces.stream().filter(status -> status.mac().equals(mac)).findFirst();
    }

    /** The interface by which clients come, if one is plugged. */
    public Optional<InterfaceStatus> frontEnd() {
        return interfaces.stream()
                .filter(status -> status.wanted().isFrontEnd())
                .findFirst();
    }

    /**
     * The name of the interface that has this address. For a plugged VIP, which is on {@code lo}, it is the front end,
     * if there is one: that is where its packets come and go.
     */
    public Optional<String> interfaceOf(IpAddress address) {
        if (onLo(address) && frontEnd().isPresent()) {
            return frontEnd().map(InterfaceStatus::name);
        }
        return actual.addresses().stream()
                .filter(has -> has.address().equals(address))
                .flatMap(has -> actual.links().stream().filter(link -> link.index() == has.link()))
                .map(Link::name)
                .findFirst();
    }
}
