// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.PeerId;
import org.l3distributor.net.RouterId;
import org.l3distributor.net.Secret;

/**
 * One speaker section as far as it could be read; what is null is either absent or has been reported as a fault.
 *
 * @param peerNames the names in {@code peers}
 * @param password for the peers of this speaker that are signed and have no password of their own
 */
record SpeakerRules(
        SectionReader section,
        @Nullable String id,
        @Nullable AddressFamily transport,
        @Nullable AsNumber localAs,
        @Nullable RouterId routerId,
        @Nullable String serviceType,
        List<IpPrefix> allowedVipPrefixes,
        List<String> peerNames,
        @Nullable Secret password) {
    static final String ID_RULE = "must be 1..64 letters, digits, '.', '_' or '-'";
    static final String AS_RULE =
            "must be an AS number 1..4294967295 and not 23456, which RFC 6793 reserves as AS_TRANS";

    private static final int LONGEST_PASSWORD = 80;
    private static final Set<String> SERVICE_TYPES = Set.of("combined", "distributor", "lb");

    static SpeakerRules read(SectionReader in) {
        in.description();
        List<String> peers = in.has(ProfileKeys.PEERS) ? in.list(ProfileKeys.PEERS) : null;
        if (!in.has(ProfileKeys.PEERS)) {
            in.fault(ProfileKeys.PEERS, "is required: the names of this speaker's [l3_bgp_peer:NAME] sections");
        }
        return new SpeakerRules(
                in,
                in.read(in.text(ProfileKeys.ID), ProfileKeys.ID, ID_RULE, v -> new PeerId(v).value()),
                in.read(
                        in.required(ProfileKeys.IP_VERSION, "4 or 6, the IP version of the BGP sessions"),
                        ProfileKeys.IP_VERSION,
                        "must be 4 or 6",
                        SpeakerRules::family),
                asNumber(in, ProfileKeys.LOCAL_AS, "the AS number of this host"),
                in.read(
                        in.text(ProfileKeys.ROUTER_ID),
                        ProfileKeys.ROUTER_ID,
                        "must be four octets in dotted-quad notation and not 0.0.0.0",
                        RouterId::parse),
                in.read(
                        in.text(ProfileKeys.SERVICE_TYPE),
                        ProfileKeys.SERVICE_TYPE,
                        "must be combined, distributor or lb",
                        v -> SERVICE_TYPES.contains(v) ? v : null),
                prefixes(in),
                peers == null ? List.of() : peers,
                password(in));
    }

    private static @Nullable AddressFamily family(String text) {
        return switch (text) {
            case "4" -> AddressFamily.IPV4;
            case "6" -> AddressFamily.IPV6;
            default -> null;
        };
    }

    static @Nullable AsNumber asNumber(SectionReader in, String key, String what) {
        return in.read(in.required(key, what), key, AS_RULE, value -> {
            AsNumber number = AsNumber.parse(value);
            return number.equals(AsNumber.TRANS) ? null : number;
        });
    }

    /** The TCP MD5 key of RFC 2385; 80 bytes is what the kernel takes. */
    static @Nullable Secret password(SectionReader in) {
        return in.read(
                in.text(ProfileKeys.MD5_PASSWORD),
                ProfileKeys.MD5_PASSWORD,
                "must be at most " + LONGEST_PASSWORD + " bytes in UTF-8",
                value -> {
                    Secret secret = Secret.of(value);
                    return secret.length() <= LONGEST_PASSWORD ? secret : null;
                });
    }

    private static List<IpPrefix> prefixes(SectionReader in) {
        List<String> words = in.list(ProfileKeys.ALLOWED_VIP_PREFIXES);
        List<IpPrefix> prefixes = new ArrayList<>();
        for (String word : words == null ? List.<String>of() : words) {
            try {
                prefixes.add(IpPrefix.parse(word));
            } catch (IllegalArgumentException e) {
                in.fault(ProfileKeys.ALLOWED_VIP_PREFIXES, "must be a list of ADDRESS/LENGTH; " + e.getMessage());
            }
        }
        return prefixes;
    }

    boolean owns(String peerName) {
        return peerNames.contains(peerName);
    }

    /** The bare section is called "default". */
    String name() {
        return section.name();
    }
}
