// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.profile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.l3distributor.amphora.internal.wanted.Host;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.RouterId;

/**
 * The BGP identifier of a host whose profile gives none, best first: the management IPv4 address (from which a peer is
 * reached), another IPv4 address, a hash of the amphora's id.
 *
 * @param id the identifier
 * @param settled true when no later look at the host may change it; a changed identifier resets sessions
 */
public record RouterIds(RouterId id, boolean settled) {
    /**
     * Derives it, or keeps what was derived before.
     *
     * @param before what was derived before, null at first
     * @param peers addresses of the configured peers, in the profile's order
     */
    public static RouterIds derive(
            @Nullable RouterIds before, Host host, Collection<IpAddress> peers, @Nullable String amphoraId) {
        if (before != null && before.settled) {
            return before;
        }
        Predicate<IpAddress> ipv4 = address -> address.family() == AddressFamily.IPV4;
        Optional<IpAddress> management = peers.stream()
                .map(host.sources()::get)
                .filter(Objects::nonNull)
                .filter(ipv4)
                .findFirst();
        if (management.isPresent()) {
            return new RouterIds(of(management.get()), true);
        }
        if (before != null) {
            return before;
        }
        boolean ipv4Expected = peers.stream().anyMatch(ipv4);
        RouterId id = host.global().stream()
                .filter(ipv4)
                .min(Comparator.naturalOrder())
                .map(RouterIds::of)
                .orElseGet(() -> hash(amphoraId != null ? amphoraId : firstOf(host)));
        return new RouterIds(id, !ipv4Expected);
    }

    private static RouterId of(IpAddress address) {
        return new RouterId((int) address.low());
    }

    private static String firstOf(Host host) {
        return host.global().stream()
                .min(Comparator.naturalOrder())
                .map(IpAddress::toString)
                .orElse("l3-distributor");
    }

    private static RouterId hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            int value = ByteBuffer.wrap(digest).getInt();
            return new RouterId(value == 0 ? 1 : value);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-256
        }
    }
}
