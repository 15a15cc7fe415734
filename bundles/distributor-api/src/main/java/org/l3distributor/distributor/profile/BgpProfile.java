// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.profile;

import java.util.List;

/** A whole checked profile. Without speakers the appliance announces nothing. */
public record BgpProfile(List<SpeakerProfile> speakers) {
    public BgpProfile {
        speakers = List.copyOf(speakers);
    }

    /** All peers of all speakers, in the profile's order. */
    public List<PeerProfile> peers() {
        return speakers.stream().flatMap(s -> s.peers().stream()).toList();
    }
}
