// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.profile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.Secret;

/**
 * A profile as the sections of an agent's file, from which {@link ProfileRules} make the same profile again. What is
 * written holds the passwords: it belongs into a file that only the agent reads.
 */
public final class ProfileText {
    private final StringBuilder text = new StringBuilder();

    private ProfileText() {}

    /** @throws IllegalArgumentException when a value has more than one line; rules let no such one in */
    public static String of(BgpProfile profile) {
        ProfileText sections = new ProfileText();
        profile.speakers().forEach(sections::speaker);
        profile.peers().forEach(sections::peer);
        return sections.text.toString();
    }

    private void speaker(SpeakerProfile speaker) {
        boolean bare = speaker.name().equals("default");
        section(bare ? ProfileKeys.SPEAKER : ProfileKeys.SPEAKER + ":" + speaker.name());
        line(ProfileKeys.ID, speaker.id());
        line(ProfileKeys.IP_VERSION, Integer.toString(speaker.transport().ipVersion()));
        line(ProfileKeys.LOCAL_AS, Long.toString(speaker.localAs().value()));
        line(ProfileKeys.ROUTER_ID, Objects.toString(speaker.routerId(), null));
        line(ProfileKeys.SERVICE_TYPE, speaker.serviceType());
        line(ProfileKeys.ALLOWED_VIP_PREFIXES, list(speaker.allowedVipPrefixes()));
        line(ProfileKeys.PEERS, speaker.peers().stream().map(PeerProfile::name).collect(Collectors.joining(", ")));
    }

    private void peer(PeerProfile peer) {
        section(ProfileKeys.PEER + ":" + peer.name());
        line(ProfileKeys.ID, peer.id().value());
        line(ProfileKeys.DESCRIPTION, peer.description());
        line(ProfileKeys.PEER_IP, peer.peerIp().toString());
        line(ProfileKeys.REMOTE_AS, Long.toString(peer.remoteAs().value()));
        Secret password = peer.md5Password();
        if (password != null) {
            line(ProfileKeys.AUTH_TYPE, "md5");
            line(ProfileKeys.MD5_PASSWORD, new String(password.reveal(), StandardCharsets.UTF_8));
        }
        line(ProfileKeys.TTL_HOPS, Objects.toString(peer.ttlHops(), null));
        line(ProfileKeys.HOLD_TIME, Long.toString(peer.holdTime().toSeconds()));
        line(
                ProfileKeys.KEEPALIVE_INTERVAL,
                Long.toString(peer.keepaliveInterval().toSeconds()));
        line(ProfileKeys.FAMILIES, families(peer));
        line(ProfileKeys.PASSIVE, Boolean.toString(peer.passive()));
        line(ProfileKeys.ENABLED, Boolean.toString(peer.enabled()));
        line(ProfileKeys.LINK_BANDWIDTH, peer.linkBandwidth().word());
    }

    private static String families(PeerProfile peer) {
        List<String> words = new ArrayList<>();
        for (AddressFamily family : new TreeSet<>(peer.families())) {
            words.add("ipv" + family.ipVersion());
        }
        return String.join(", ", words);
    }

    private static String list(List<IpPrefix> prefixes) {
        return prefixes.stream().map(IpPrefix::toString).collect(Collectors.joining(", "));
    }

    private void section(String title) {
        text.append(text.isEmpty() ? "[" : "\n[").append(title).append("]\n");
    }

    /** Nothing for what isn't set: the reader's defaults hold then. */
    private void line(String key, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return;
        }
        text.append(key).append(" = ").append(value(value)).append('\n');
    }

    /**
     * A value of any section as it is to be written: the reader looks after a dollar sign for a name, unless a backslash
     * stands before it, and takes one pair of quotes off.
     *
     * @param value at least one character
     * @throws IllegalArgumentException when it has more than one line
     */
    public static String value(String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a value must be one line");
        }
        char first = value.charAt(0);
        boolean quoted = (first == '"' || first == '\'') && first == value.charAt(value.length() - 1);
        String plain = value.replace("$", "\\$");
        return quoted ? "\"" + plain + "\"" : plain;
    }
}
