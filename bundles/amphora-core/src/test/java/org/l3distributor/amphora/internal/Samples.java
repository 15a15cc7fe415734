// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Owner;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.PeerProfile;
import org.l3distributor.distributor.profile.PeerProfile.LinkBandwidth;
import org.l3distributor.distributor.profile.SpeakerProfile;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.PeerId;

/** The words that the tests are told in. */
public final class Samples {
    public static final PeerId TOR1 = new PeerId("tor1");
    public static final PeerId TOR2 = new PeerId("tor2");

    private Samples() {}

    public static IpAddress ip(String text) {
        return IpAddress.parse(text);
    }

    public static Owner owner(String text) {
        return text.equals("vip") ? new Owner.Endpoint() : new Owner.Amphora(text);
    }

    /** "owner vip nexthop peer"; peer "*" = all. */
    public static Registration row(String text) {
        String[] w = text.split(" ");
        return new Registration(owner(w[0]), ip(w[1]), ip(w[2]), peer(w[3]));
    }

    public static List<Registration> rows(String... texts) {
        return Arrays.stream(texts).map(Samples::row).toList();
    }

    public static Removal removal(String text) {
        Registration row = row(text);
        return new Removal(row.owner(), row.vip(), row.nextHop(), row.peer());
    }

    public static @Nullable PeerId peer(String text) {
        return text.equals("*") ? null : new PeerId(text);
    }

    public static PeerProfile peerProfile(String id, String address) {
        return peerProfile(id, address, AddressFamily.values());
    }

    public static PeerProfile peerProfile(String id, String address, AddressFamily... families) {
        return peerProfile(id, address, LinkBandwidth.NONE, families);
    }

    public static PeerProfile peerProfile(
            String id, String address, LinkBandwidth linkBandwidth, AddressFamily... families) {
        return new PeerProfile(
                new PeerId(id),
                id,
                ip(address),
                new AsNumber(65000),
                null,
                null,
                Duration.ofSeconds(9),
                Duration.ofSeconds(3),
                Set.of(families),
                false,
                true,
                linkBandwidth,
                "");
    }

    public static SpeakerProfile speaker(String name, List<String> allowed, PeerProfile... peers) {
        return new SpeakerProfile(
                name,
                null,
                peers.length == 0 ? AddressFamily.IPV4 : peers[0].peerIp().family(),
                new AsNumber(64512),
                null,
                null,
                allowed.stream().map(IpPrefix::parse).toList(),
                null,
                List.of(peers));
    }

    /** Two peers, nothing bounded. */
    public static BgpProfile twoPeers() {
        return new BgpProfile(List.of(
                speaker("default", List.of(), peerProfile("tor1", "10.10.10.1"), peerProfile("tor2", "10.10.10.254"))));
    }
}
