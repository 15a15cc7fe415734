// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.RouterId;
import org.l3distributor.net.Secret;

/**
 * One checked {@code [l3_bgp_speaker]} or {@code [l3_bgp_speaker:NAME]} section with its peers.
 *
 * @param name the section's name, "default" for the bare section
 * @param id the operator's id of the speaker, null when not given
 * @param transport family of the sessions' transport (key {@code ip_version})
 * @param routerId null = derived by the appliance
 * @param serviceType "combined", "distributor", "lb", or null when not given
 * @param allowedVipPrefixes what may be announced at all; empty = no bound
 * @param md5Password for signed peers without one of their own, null when there is none; it is in their profiles already
 */
public record SpeakerProfile(
        String name,
        @Nullable String id,
        AddressFamily transport,
        AsNumber localAs,
        @Nullable RouterId routerId,
        @Nullable String serviceType,
        List<IpPrefix> allowedVipPrefixes,
        @Nullable Secret md5Password,
        List<PeerProfile> peers) {
    public SpeakerProfile {
        allowedVipPrefixes = List.copyOf(allowedVipPrefixes);
        peers = List.copyOf(peers);
    }
}
