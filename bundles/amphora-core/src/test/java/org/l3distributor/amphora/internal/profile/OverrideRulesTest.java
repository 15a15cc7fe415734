// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.CheckedProfile;
import org.l3distributor.distributor.profile.PeerProfile;
import org.l3distributor.distributor.profile.ProfileDraft;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.distributor.profile.ProfileRules;
import org.l3distributor.net.Secret;

class OverrideRulesTest {
    private static final String SPEAKER = """
            [l3_bgp_speaker]
            ip_version = 4
            local_as = 64512
            """;
    private static final BgpProfile FILE =
            Objects.requireNonNull(ProfileRules.check(draft(SPEAKER + """
            peers = tor1, tor2, tor3
            md5_password = of-the-speaker
            [l3_bgp_peer:tor1]
            peer_ip = 192.0.2.1
            remote_as = 65000
            auth_type = md5
            md5_password = of-tor1
            [l3_bgp_peer:tor2]
            peer_ip = 192.0.2.2
            remote_as = 65000
            auth_type = md5
            [l3_bgp_peer:tor3]
            peer_ip = 192.0.2.3
            remote_as = 65000
            """)).profile());

    private static ProfileDraft draft(String text) {
        List<ProfileDraft.Section> sections = new ArrayList<>();
        for (String section : text.split("\\[", -1)) {
            if (!section.isBlank()) {
                String[] lines = section.strip().split("\n", -1);
                List<ProfileDraft.Entry> entries = new ArrayList<>();
                for (int i = 1; i < lines.length; i++) {
                    String[] words = lines[i].split(" = ", 2);
                    entries.add(new ProfileDraft.Entry(words[0], words[1]));
                }
                sections.add(new ProfileDraft.Section(lines[0].replace("]", ""), entries));
            }
        }
        return new ProfileDraft("request", sections);
    }

    private static ProfileDraft onePeer(String name, String further) {
        return draft(SPEAKER + "peers = " + name + "\n[l3_bgp_peer:" + name
                + "]\npeer_ip = 192.0.2.9\nremote_as = 65000\n" + further);
    }

    private static CheckedProfile check(ProfileDraft draft) {
        return OverrideRules.check(draft, FILE, Set.of("distributor"));
    }

    private static @Nullable Secret password(CheckedProfile checked) {
        assertThat(checked.faults()).isEmpty();
        PeerProfile peer = Objects.requireNonNull(checked.profile()).peers().get(0);
        return peer.md5Password();
    }

    @ParameterizedTest(name = "{0} with \"{1}\": {2}")
    @CsvSource({
        "tor1, '',                 of-tor1",
        "tor1, auth_type = md5,    of-tor1",
        "tor2, '',                 of-the-speaker",
        "tor9, auth_type = md5,    of-the-speaker",
        "tor9, '',                 ''",
        "tor9, auth_type = none,   ''",
        "tor3, auth_type = none,   ''",
        "tor3, auth_type = md5,    of-the-speaker",
        "tor3, passive = true,     ''",
    })
    void password_isTheFilesForThatPeer_elseThatOfItsSpeaker(String peer, String further, String password) {
        assertThat(password(check(onePeer(peer, further)))).isEqualTo(password.isEmpty() ? null : Secret.of(password));
    }

    @ParameterizedTest(name = "{0} with \"{1}\": {2}")
    @CsvSource({
        "tor1, auth_type = none,       'auth_type, none, is md5 in the agent''s configuration file'",
        "tor2, auth_type = none,       'auth_type, none, is md5 in the agent''s configuration file'",
        "tor1, md5_password = x,       'md5_password, ****, is taken from the agent''s configuration file only'",
        "tor9, pasword = x,            'pasword, ****, is taken from the agent''s configuration file only'",
    })
    void draft_thatUnsignsOrBringsAPassword_isRefused(String peer, String further, String fault) {
        CheckedProfile checked = check(onePeer(peer, further));
        assertThat(checked.profile()).isNull();
        assertThat(checked.faults())
                .extracting(f -> f.key() + ", " + f.value() + ", " + f.rule())
                .singleElement()
                .asString()
                .startsWith(fault);
    }

    @Test
    void keptDraft_isSignedWithoutPasswords_andDoesNotSayNone() {
        ProfileDraft kept = OverrideRules.kept(draft(SPEAKER + """
                        peers = tor1, tor3
                        [l3_bgp_peer:tor1]
                        peer_ip = 192.0.2.1
                        [l3_bgp_peer:tor3]
                        auth_type = none
                        """), FILE);
        assertThat(OverrideText.write(kept)).endsWith("""
                [l3_bgp_peer:tor1]
                peer_ip = 192.0.2.1
                auth_type = md5
                [l3_bgp_peer:tor3]
                """);
    }

    @ParameterizedTest(name = "service_type = {0} with {1}")
    @CsvSource({
        "distributor, distributor,         true",
        "distributor, amphora,             false",
        "combined,    distributor,         false",
        "lb,          distributor,         false",
        "combined,    amphora distributor, true",
        "combined,    '',                  true",
    })
    void serviceType_mustFitTheInstalledRoles(String type, String roles, boolean fits) {
        ProfileDraft draft = draft(SPEAKER + "service_type = " + type + "\npeers = tor3\n"
                + "[l3_bgp_peer:tor3]\npeer_ip = 192.0.2.3\nremote_as = 65000\n");
        Set<String> installed = roles.isEmpty() ? Set.of() : Set.of(roles.split(" "));
        CheckedProfile checked = OverrideRules.check(draft, FILE, installed);
        if (fits) {
            assertThat(checked.faults()).isEmpty();
        } else {
            assertThat(checked.faults()).extracting(ProfileFault::key).containsExactly("service_type");
            assertThat(checked.faults().get(0).rule()).contains("installed: role-" + roles);
        }
    }
}
