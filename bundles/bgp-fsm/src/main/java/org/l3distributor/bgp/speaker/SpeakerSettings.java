// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker;

import java.util.List;

/**
 * All peers of this host's speaker.
 *
 * @param listenPort TCP port on which peers may connect, 0 = nobody may
 * @param peers addresses and ids are unique among them
 */
public record SpeakerSettings(int listenPort, List<PeerSettings> peers) {
    public static final SpeakerSettings NONE = new SpeakerSettings(0, List.of());

    public SpeakerSettings {
        peers = List.copyOf(peers);
        if (peers.stream().map(PeerSettings::id).distinct().count() != peers.size()
                || peers.stream().map(PeerSettings::address).distinct().count() != peers.size()) {
            throw new IllegalArgumentException("two peers share an id or an address: " + peers);
        }
    }
}
