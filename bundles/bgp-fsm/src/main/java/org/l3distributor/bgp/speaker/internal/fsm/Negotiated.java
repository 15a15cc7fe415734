// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.l3distributor.bgp.codec.CodecOptions;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.Capability;
import org.l3distributor.bgp.message.OpenMessage;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.net.AddressFamily;

/**
 * What two OPENs have in common.
 *
 * @param holdTime the lower of the two proposals (RFC 4271 section 4.2); zero = no keepalives
 * @param keepalive how often we say something; zero exactly when the hold time is
 * @param families families that both speak
 * @param codec how bytes are read and written from now on
 * @param enhancedRefresh both know the marks of RFC 7313
 */
public record Negotiated(
        OpenMessage remote,
        Duration holdTime,
        Duration keepalive,
        Set<AddressFamily> families,
        CodecOptions codec,
        boolean enhancedRefresh) {
    public Negotiated {
        families = Set.copyOf(families);
    }

    static Negotiated of(PeerSettings settings, OpenMessage local, OpenMessage remote) {
        Duration hold = Duration.ofSeconds(Math.min(local.holdTimeSeconds(), remote.holdTimeSeconds()));
        Duration third = hold.dividedBy(3);
        Duration keepalive =
                settings.keepalive().isZero() || settings.keepalive().compareTo(third) > 0
                        ? third
                        : settings.keepalive();
        Set<AddressFamily> families = EnumSet.noneOf(AddressFamily.class);
        for (AfiSafi family : remote.families()) {
            family.unicastFamily().filter(settings.families()::contains).ifPresent(families::add);
        }
        CodecOptions codec = CodecOptions.BEFORE_OPEN
                .withExtendedMessages(both(local, remote, new Capability.ExtendedMessage()))
                .withFourOctetAs(remote.last(Capability.FourOctetAs.class).isPresent())
                .withInternal(!settings.external())
                .withFamilies(families.stream().map(AfiSafi::unicast).collect(Collectors.toSet()));
        boolean enhanced = both(local, remote, new Capability.EnhancedRouteRefresh());
        return new Negotiated(remote, hold, keepalive, families, codec, enhanced);
    }

    private static boolean both(OpenMessage local, OpenMessage remote, Capability capability) {
        return local.has(capability) && remote.has(capability);
    }

    /** What our OPEN offers a peer, as an operator reads it. */
    public static List<String> offered(PeerSettings settings) {
        return words(OpenRules.local(settings).capabilities());
    }

    /** Names of capabilities, as an operator reads them. */
    public static List<String> words(List<Capability> capabilities) {
        return capabilities.stream().map(Negotiated::word).distinct().toList();
    }

    private static String word(Capability capability) {
        if (capability instanceof Capability.Multiprotocol multiprotocol) {
            return multiprotocol.family().toString();
        } else if (capability instanceof Capability.RouteRefresh) {
            return "route-refresh";
        } else if (capability instanceof Capability.EnhancedRouteRefresh) {
            return "enhanced-route-refresh";
        } else if (capability instanceof Capability.ExtendedMessage) {
            return "extended-message";
        } else if (capability instanceof Capability.FourOctetAs as) {
            return "four-octet-as " + as.as();
        } else if (capability instanceof Capability.GracefulRestart restart) {
            return "graceful-restart " + restart.restartTimeSeconds() + "s";
        } else if (capability instanceof Capability.AddPath) {
            return "add-path";
        } else if (capability instanceof Capability.ExtendedNextHop) {
            return "extended-next-hop";
        }
        return "capability-" + capability.code();
    }
}
