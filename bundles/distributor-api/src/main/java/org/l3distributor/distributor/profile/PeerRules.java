// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.profile;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.internal.UnicastText;
import org.l3distributor.distributor.profile.PeerProfile.LinkBandwidth;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;
import org.l3distributor.net.Secret;

/** One peer section as far as it could be read; what is null is either absent or has been reported as a fault. */
record PeerRules(
        SectionReader section,
        @Nullable PeerId id,
        @Nullable IpAddress peerIp,
        @Nullable AsNumber remoteAs,
        boolean signed,
        @Nullable Secret ownPassword,
        @Nullable Integer ttlHops,
        Duration holdTime,
        Duration keepaliveInterval,
        Set<AddressFamily> families,
        boolean passive,
        boolean enabled,
        LinkBandwidth linkBandwidth,
        String description) {
    private static final int DEFAULT_HOLD_TIME = 9;
    private static final String MD5 = "md5";

    static PeerRules read(SectionReader in) {
        String auth = in.text(ProfileKeys.AUTH_TYPE);
        if (auth != null && !auth.equals(MD5)) {
            in.fault(ProfileKeys.AUTH_TYPE, "is not supported; only md5 (RFC 2385) is, or leave the key out");
        }
        Secret password = SpeakerRules.password(in);
        if (in.has(ProfileKeys.MD5_PASSWORD) && !in.has(ProfileKeys.AUTH_TYPE)) {
            in.fault(ProfileKeys.MD5_PASSWORD, "needs auth_type = md5: without it this password would sign nothing");
        }
        int hold = holdTime(in);
        return new PeerRules(
                in,
                id(in),
                peerIp(in),
                SpeakerRules.asNumber(in, ProfileKeys.REMOTE_AS, "the peer's AS number"),
                MD5.equals(auth),
                password,
                in.number(
                        ProfileKeys.TTL_HOPS,
                        1,
                        254,
                        "must be 1..254 hops (GTSM, RFC 5082); leave it out for no check"),
                Duration.ofSeconds(hold),
                Duration.ofSeconds(keepalive(in, hold)),
                families(in),
                in.flag(ProfileKeys.PASSIVE, false),
                in.flag(ProfileKeys.ENABLED, true),
                linkBandwidth(in),
                in.description());
    }

    private static @Nullable PeerId id(SectionReader in) {
        if (in.has(ProfileKeys.ID)) {
            return in.read(in.text(ProfileKeys.ID), ProfileKeys.ID, SpeakerRules.ID_RULE, PeerId::new);
        }
        try {
            return new PeerId(in.name());
        } catch (IllegalArgumentException e) {
            return null; // the title itself has been reported
        }
    }

    private static @Nullable IpAddress peerIp(SectionReader in) {
        String text = in.required(ProfileKeys.PEER_IP, "the address of the router");
        if (text == null) {
            return null;
        }
        UnicastText read = UnicastText.read(text, UnicastText.Scope.PEER);
        if (read.rule() != null) {
            in.fault(ProfileKeys.PEER_IP, read.rule());
        }
        return read.address();
    }

    private static int holdTime(SectionReader in) {
        Integer seconds = in.read(
                in.text(ProfileKeys.HOLD_TIME),
                ProfileKeys.HOLD_TIME,
                "must be 0 (never) or 3..65535 seconds (RFC 4271 section 4.2)",
                value -> {
                    boolean digits = value.length() <= 5 && value.chars().allMatch(c -> c >= '0' && c <= '9');
                    int number = digits ? Integer.parseInt(value) : -1;
                    return number == 0 || (number >= 3 && number <= 65535) ? number : null;
                });
        return seconds == null ? DEFAULT_HOLD_TIME : seconds;
    }

    private static int keepalive(SectionReader in, int hold) {
        Integer seconds =
                in.number(ProfileKeys.KEEPALIVE_INTERVAL, 0, 65535, "must be a number of seconds, at most 65535");
        if (seconds == null) {
            return hold / 3;
        }
        if (hold == 0 && seconds != 0) {
            in.fault(ProfileKeys.KEEPALIVE_INTERVAL, "must be 0 or left out when hold_time is 0");
        } else if (hold != 0 && seconds == 0) {
            in.fault(ProfileKeys.KEEPALIVE_INTERVAL, "must be at least 1 second unless hold_time is 0");
        } else if (hold != 0 && seconds >= hold) {
            in.fault(ProfileKeys.KEEPALIVE_INTERVAL, "must be less than hold_time, which is " + hold);
        }
        return seconds;
    }

    private static Set<AddressFamily> families(SectionReader in) {
        Set<AddressFamily> families = EnumSet.noneOf(AddressFamily.class);
        List<String> words = in.list(ProfileKeys.FAMILIES);
        for (String word : words == null ? List.<String>of() : words) {
            switch (word) {
                case "ipv4" -> families.add(AddressFamily.IPV4);
                case "ipv6" -> families.add(AddressFamily.IPV6);
                default -> in.fault(ProfileKeys.FAMILIES, "must be a list of ipv4 and ipv6");
            }
        }
        return families;
    }

    private static LinkBandwidth linkBandwidth(SectionReader in) {
        LinkBandwidth read = in.read(
                in.text(ProfileKeys.LINK_BANDWIDTH),
                ProfileKeys.LINK_BANDWIDTH,
                "must be none, transitive or non_transitive",
                word -> Stream.of(LinkBandwidth.values())
                        .filter(one -> one.word().equals(word))
                        .findFirst()
                        .orElse(null));
        return read == null ? LinkBandwidth.NONE : read;
    }

    /** Checks this peer against its speaker. */
    void under(SpeakerRules speaker) {
        if (peerIp != null && speaker.transport() != null && peerIp.family() != speaker.transport()) {
            section.fault(
                    ProfileKeys.PEER_IP,
                    "must be an IPv" + speaker.transport().ipVersion() + " address: ip_version of ["
                            + speaker.section().title() + "] is "
                            + speaker.transport().ipVersion());
        }
        if (signed
                && !section.has(ProfileKeys.MD5_PASSWORD)
                && !speaker.section().has(ProfileKeys.MD5_PASSWORD)) {
            section.fault(
                    ProfileKeys.MD5_PASSWORD,
                    "is required with auth_type = md5, here or for all peers in ["
                            + speaker.section().title() + "]");
        }
    }

    @Nullable
    Secret password(SpeakerRules speaker) {
        return !signed ? null : ownPassword != null ? ownPassword : speaker.password();
    }
}
