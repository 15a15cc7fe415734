// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;

/**
 * A speaker with its peers.
 *
 * @param peers by name
 * @param amphoraIds which run it
 */
public record BgpSpeakerView(BgpSpeaker speaker, List<BgpPeer> peers, List<String> amphoraIds) {
    public BgpSpeakerView {
        peers = List.copyOf(peers);
        amphoraIds = List.copyOf(amphoraIds);
    }

    public String id() {
        return speaker.id();
    }
}
