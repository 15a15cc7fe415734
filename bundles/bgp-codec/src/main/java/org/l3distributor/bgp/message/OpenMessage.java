// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.message;

import java.util.List;
import java.util.Optional;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.RouterId;

/**
 * OPEN, version 4 (RFC 4271 section 4.2).
 *
 * @param myAs the two-octet field: the sender's AS, or AS_TRANS; {@link #asNumber()} is the real one
 * @param holdTimeSeconds proposed hold time: 0, or 3..65535
 * @param identifier the sender's BGP identifier
 * @param capabilities in the order of the wire, repetitions included (RFC 5492)
 */
public record OpenMessage(AsNumber myAs, int holdTimeSeconds, RouterId identifier, List<Capability> capabilities)
        implements BgpMessage {
    /** The only version there is. */
    public static final int VERSION = 4;

    public OpenMessage {
        capabilities = List.copyOf(capabilities);
        if (myAs.isFourOctet()) {
            throw new IllegalArgumentException("the AS field of an OPEN has two octets, got " + myAs);
        }
        if (holdTimeSeconds < 0 || holdTimeSeconds > 0xFFFF || holdTimeSeconds == 1 || holdTimeSeconds == 2) {
            throw new IllegalArgumentException("the hold time must be 0 or 3..65535 s, got " + holdTimeSeconds);
        }
    }

    /** An OPEN of this AS; a four-octet one is also named by a {@link Capability.FourOctetAs} among the capabilities. */
    public static OpenMessage of(AsNumber as, int holdTimeSeconds, RouterId identifier, List<Capability> capabilities) {
        return new OpenMessage(new AsNumber(as.twoOctet()), holdTimeSeconds, identifier, capabilities);
    }

    /** The sender's real AS: that of the four-octet capability where it is present (RFC 6793), else the field. */
    public AsNumber asNumber() {
        return last(Capability.FourOctetAs.class)
                .map(Capability.FourOctetAs::as)
                .orElse(myAs);
    }

    public boolean has(Capability capability) {
        return capabilities.contains(capability);
    }

    /** The last capability of a kind, which is the one that counts where only one may (RFC 4724 section 3). */
    public <T extends Capability> Optional<T> last(Class<T> kind) {
        return capabilities.stream().filter(kind::isInstance).map(kind::cast).reduce((first, second) -> second);
    }

    /**
     * The families the sender speaks: its multiprotocol capabilities; without any, IPv4 unicast (RFC 4760 section 8).
     * Distinct, in the order of the wire.
     */
    public List<AfiSafi> families() {
        List<AfiSafi> named = capabilities.stream()
                .filter(Capability.Multiprotocol.class::isInstance)
                .map(c -> ((Capability.Multiprotocol) c).family())
                .distinct()
                .toList();
        return named.isEmpty() ? List.of(AfiSafi.IPV4_UNICAST) : named;
    }

    @Override
    public MessageType type() {
        return MessageType.OPEN;
    }
}
