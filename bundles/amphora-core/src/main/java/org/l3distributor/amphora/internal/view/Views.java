// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.view;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.speaker.AdvertisedRoute;
import org.l3distributor.bgp.speaker.LinkBandwidth;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.PeerSnapshot;
import org.l3distributor.bgp.speaker.SessionState;
import org.l3distributor.distributor.model.AdvertisedView;
import org.l3distributor.distributor.model.PeerView;
import org.l3distributor.distributor.model.PeerView.HeldDown;
import org.l3distributor.distributor.model.RouteState;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.PeerId;

/** The speaker's values in the words of the ports. */
public final class Views {
    private Views() {}

    /** @param operators the peers that an operator holds down */
    public static PeerView peer(PeerSnapshot peer, Set<PeerId> operators) {
        PeerSettings settings = peer.settings();
        boolean up = peer.state() == SessionState.ESTABLISHED;
        return new PeerView(
                settings.id(),
                settings.speaker(),
                settings.address(),
                peer.localAddress(),
                settings.localAs(),
                settings.remoteAs(),
                settings.routerId(),
                peer.remoteRouterId(),
                peer.state().rfcName(),
                heldDown(settings, operators),
                settings.passive(),
                settings.md5Password() != null,
                settings.ttlHops(),
                word(settings.linkBandwidth()),
                peer.since(),
                peer.holdTime(),
                peer.keepalive(),
                families(up ? peer.families() : settings.families()),
                peer.localCapabilities(),
                peer.remoteCapabilities(),
                peer.counters(),
                peer.announced(),
                peer.pending(),
                peer.lastError(),
                peer.lastErrorAt(),
                settings.description());
    }

    /** As the profile writes it. */
    static String word(LinkBandwidth form) {
        return form.name().toLowerCase(Locale.ROOT);
    }

    /** Who holds a peer down, the operator before the profile; null when nobody does. */
    static @Nullable HeldDown heldDown(PeerSettings peer, Set<PeerId> operators) {
        if (peer.enabled()) {
            return null;
        }
        return operators.contains(peer.id()) ? HeldDown.OPERATOR : HeldDown.PROFILE;
    }

    public static AdvertisedView advertised(AdvertisedRoute route) {
        return new AdvertisedView(
                route.peer(),
                route.route().prefix(),
                route.route().nextHop(),
                route.bandwidth() == 0 ? null : (double) route.bandwidth(),
                switch (route.state()) {
                    case WRITTEN -> RouteState.ANNOUNCED;
                    case SESSION_DOWN -> RouteState.PENDING;
                    case SUPPRESSED -> RouteState.SUPPRESSED;
                },
                route.writtenAt(),
                route.reason());
    }

    private static List<String> families(Collection<AddressFamily> families) {
        return families.stream().sorted().map(f -> "ipv" + f.ipVersion()).toList();
    }
}
