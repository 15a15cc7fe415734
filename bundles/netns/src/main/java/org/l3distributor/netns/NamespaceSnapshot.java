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
 * @param driftRepaired how often something was put right that somebody had undone, since this service started
 * @param error what is wrong with the namespace itself or its settings, not with one VIP; null when nothing is
 */
public record NamespaceSnapshot(
        String namespace,
        NamespaceState state,
        Instant since,
        ActualNamespace actual,
        List<VipStatus> vips,
        long driftRepaired,
        @Nullable NetnsException error) {
    public NamespaceSnapshot {
        vips = List.copyOf(vips);
    }

    /** A namespace in which nothing was ever plugged. */
    public static NamespaceSnapshot idle(String namespace, Instant since) {
        return new NamespaceSnapshot(
                namespace, NamespaceState.IDLE, since, ActualNamespace.empty(), List.of(), 0, null);
    }

    /** The VIP, if it is one of ours. */
    public Optional<VipStatus> vip(IpAddress vip) {
        return vips.stream().filter(status -> status.vip().equals(vip)).findFirst();
    }

    /** Whether this VIP is one of ours and on a {@code lo} that is up. */
    public boolean onLo(IpAddress vip) {
        return vip(vip).map(VipStatus::onLo).orElse(false);
    }
}
