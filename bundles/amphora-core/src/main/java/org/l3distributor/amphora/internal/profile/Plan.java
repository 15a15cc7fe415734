// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.l3distributor.bgp.speaker.LinkBandwidth;
import org.l3distributor.bgp.speaker.PeerSettings;
import org.l3distributor.bgp.speaker.SpeakerSettings;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.PeerProfile;
import org.l3distributor.distributor.profile.SpeakerProfile;
import org.l3distributor.net.PeerId;
import org.l3distributor.net.RouterId;

/**
 * What a profile means for the speaker.
 *
 * @param derived the identifier for speakers whose profile gives none
 * @param disabled peers that an operator holds down
 */
public record Plan(RouterId derived, Set<PeerId> disabled, Ports ports) {
    public Plan {
        disabled = Set.copyOf(disabled);
    }

    public SpeakerSettings settings(BgpProfile profile) {
        List<PeerSettings> peers = new ArrayList<>();
        for (SpeakerProfile speaker : profile.speakers()) {
            speaker.peers().forEach(peer -> peers.add(settings(speaker, peer)));
        }
        return new SpeakerSettings(ports.listen(), peers);
    }

    private PeerSettings settings(SpeakerProfile speaker, PeerProfile peer) {
        RouterId given = speaker.routerId();
        return new PeerSettings(
                peer.id(),
                speaker.name(),
                peer.peerIp(),
                ports.peer(),
                null,
                speaker.localAs(),
                given == null ? derived : given,
                peer.remoteAs(),
                peer.holdTime(),
                peer.keepaliveInterval(),
                peer.md5Password(),
                peer.ttlHops(),
                peer.families(),
                peer.passive(),
                peer.enabled() && !disabled.contains(peer.id()),
                switch (peer.linkBandwidth()) {
                    case NONE -> LinkBandwidth.NONE;
                    case TRANSITIVE -> LinkBandwidth.TRANSITIVE;
                    case NON_TRANSITIVE -> LinkBandwidth.NON_TRANSITIVE;
                },
                peer.description());
    }
}
