// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.l3distributor.bgp.codec.ProtocolError;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.BgpError;
import org.l3distributor.bgp.message.Capability;
import org.l3distributor.bgp.message.Octets;
import org.l3distributor.bgp.message.OpenMessage;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.net.AddressFamily;

/** Our OPEN, and what is expected of the peer's beyond its syntax (RFC 4271 section 6.2). */
final class OpenRules {
    private OpenRules() {}

    static OpenMessage local(PeerSettings settings) {
        List<Capability> capabilities = new ArrayList<>();
        families(settings).forEach(family -> capabilities.add(new Capability.Multiprotocol(family)));
        capabilities.add(new Capability.RouteRefresh());
        capabilities.add(new Capability.EnhancedRouteRefresh());
        capabilities.add(new Capability.ExtendedMessage());
        capabilities.add(new Capability.FourOctetAs(settings.localAs()));
        return OpenMessage.of(
                settings.localAs(),
                Math.toIntExact(settings.holdTime().toSeconds()),
                settings.routerId(),
                capabilities);
    }

    /** What is wrong with the peer's OPEN; empty when it is acceptable. */
    static Optional<ProtocolError> judge(PeerSettings settings, OpenMessage remote) {
        if (!remote.asNumber().equals(settings.remoteAs())) {
            return Optional.of(ProtocolError.of(
                    BgpError.BAD_PEER_AS,
                    "the peer says AS " + remote.asNumber() + ", AS " + settings.remoteAs() + " is configured"));
        }
        // RFC 6286 section 2.2: within an AS the identifiers differ; between ASes they may be the same
        if (!settings.external() && remote.identifier().equals(settings.routerId())) {
            return Optional.of(ProtocolError.of(
                    BgpError.BAD_BGP_IDENTIFIER, "the peer has our own identifier " + remote.identifier()));
        }
        boolean common = remote.families().stream()
                .anyMatch(f ->
                        f.unicastFamily().filter(settings.families()::contains).isPresent());
        if (!common) {
            return Optional.of(ProtocolError.of(
                    BgpError.UNSUPPORTED_CAPABILITY,
                    missing(settings),
                    "no common address family: the peer speaks " + remote.families() + ", we " + families(settings)));
        }
        return Optional.empty();
    }

    /** RFC 5492 section 5: the capabilities that were missed, as an OPEN holds them; RFC 4760 section 8 for their form. */
    private static Octets missing(PeerSettings settings) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (AfiSafi family : families(settings)) {
            int afi = family.afi();
            data.writeBytes(new byte[] {1, 4, (byte) (afi >> 8), (byte) afi, 0, (byte) family.safi()});
        }
        return Octets.of(data.toByteArray());
    }

    /** Always in the same order, whatever that of the set. */
    private static List<AfiSafi> families(PeerSettings settings) {
        return Stream.of(AddressFamily.values())
                .filter(settings.families()::contains)
                .map(AfiSafi::unicast)
                .toList();
    }
}
