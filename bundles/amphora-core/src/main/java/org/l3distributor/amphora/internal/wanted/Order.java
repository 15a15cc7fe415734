// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.wanted;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Owner;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/** The order of registrations, and its markers: by VIP, next hop, owner, peer; "all peers" comes before any peer. */
public final class Order {
    public static final Comparator<Registration> OF_ROWS = Comparator.comparing(Registration::vip)
            .thenComparing(Registration::nextHop)
            .thenComparing(row -> ownerText(row.owner()))
            .thenComparing(row -> peerText(row.peer()));

    private static final String SEPARATOR = "|";

    private Order() {}

    /** The place of a row as text that survives restarts. */
    public static String marker(Registration row) {
        String text = String.join(
                SEPARATOR,
                row.vip().toString(),
                row.nextHop().toString(),
                ownerText(row.owner()),
                peerText(row.peer()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The place that a marker names; there need not be a row.
     *
     * @throws IllegalArgumentException when the text is no marker
     */
    public static Registration place(String marker) {
        String text = new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
        String[] parts = text.split("\\|", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not a marker: \"" + marker + "\"");
        }
        return new Registration(
                parts[2].isEmpty() ? new Owner.Endpoint() : new Owner.Amphora(parts[2]),
                IpAddress.parse(parts[0]),
                IpAddress.parse(parts[1]),
                parts[3].isEmpty() ? null : new PeerId(parts[3]));
    }

    private static String ownerText(Owner owner) {
        return owner instanceof Owner.Amphora amphora ? amphora.amphoraId() : "";
    }

    private static String peerText(@Nullable PeerId peer) {
        return peer == null ? "" : peer.value();
    }
}
