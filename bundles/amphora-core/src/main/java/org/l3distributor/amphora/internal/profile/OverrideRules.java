// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.profile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.CheckedProfile;
import org.l3distributor.distributor.profile.PeerProfile;
import org.l3distributor.distributor.profile.ProfileDraft;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.distributor.profile.ProfileRules;
import org.l3distributor.distributor.profile.SpeakerProfile;
import org.l3distributor.net.Secret;

/**
 * The rules of a profile that hold for this appliance: passwords come from the agent's file alone and are kept for the
 * peers of the same name, and the service type must fit the installed roles.
 */
final class OverrideRules {
    private static final String PEER = "l3_bgp_peer:";
    private static final String AUTH_TYPE = "auth_type";

    private OverrideRules() {}

    /** Checks a run-time override against the file's profile, from which it takes its passwords. */
    static CheckedProfile check(ProfileDraft draft, @Nullable BgpProfile file, Set<String> roles) {
        List<ProfileFault> secrets = secretsIn(draft);
        ProfileDraft bare = secrets.isEmpty() ? draft : withoutSecrets(draft);
        CheckedProfile checked = ProfileRules.check(withPasswords(bare, file));
        List<ProfileFault> faults = new ArrayList<>(secrets);
        faults.addAll(checked.faults());
        BgpProfile profile = checked.profile();
        if (profile != null) {
            faults.addAll(roleFaults(profile, roles, draft.origin()));
        }
        return faults.isEmpty() ? checked : new CheckedProfile(null, faults);
    }

    /** The contradictions between what the profile says this is and what is installed. Without roles known: none. */
    static List<ProfileFault> roleFaults(BgpProfile profile, Set<String> roles, String origin) {
        List<ProfileFault> faults = new ArrayList<>();
        for (SpeakerProfile speaker : profile.speakers()) {
            String type = speaker.serviceType();
            String needed = "distributor".equals(type) ? "distributor" : "amphora";
            if (type != null && !roles.isEmpty() && !roles.contains(needed)) {
                String section =
                        speaker.name().equals("default") ? "l3_bgp_speaker" : "l3_bgp_speaker:" + speaker.name();
                faults.add(new ProfileFault(
                        origin,
                        section,
                        "service_type",
                        type,
                        "contradicts the installed roles: service_type " + type + " needs role-" + needed
                                + ", installed: " + String.join(", ", roles)));
            }
        }
        return faults;
    }

    private static List<ProfileFault> secretsIn(ProfileDraft draft) {
        List<ProfileFault> faults = new ArrayList<>();
        for (ProfileDraft.Section section : draft.sections()) {
            for (ProfileDraft.Entry entry : section.entries()) {
                if (ProfileRules.isSecret(entry.key())) {
                    faults.add(new ProfileFault(
                            draft.origin(),
                            section.title(),
                            entry.key(),
                            "****",
                            "is taken from the agent's configuration file only; leave it out, and the file's is kept"));
                }
            }
        }
        return faults;
    }

    private static ProfileDraft withoutSecrets(ProfileDraft draft) {
        return new ProfileDraft(
                draft.origin(),
                draft.sections().stream()
                        .map(section -> new ProfileDraft.Section(
                                section.title(),
                                section.entries().stream()
                                        .filter(entry -> !ProfileRules.isSecret(entry.key()))
                                        .toList()))
                        .toList());
    }

    /**
     * The draft as it is kept: what the file signs is marked as signed, so that it can never become unsigned because
     * the file isn't there.
     */
    static ProfileDraft kept(ProfileDraft draft, @Nullable BgpProfile file) {
        return signed(draft, file, (section, password) -> marked(section));
    }

    private static ProfileDraft withPasswords(ProfileDraft draft, @Nullable BgpProfile file) {
        return signed(draft, file, OverrideRules::withPassword);
    }

    private static ProfileDraft signed(
            ProfileDraft draft,
            @Nullable BgpProfile file,
            BiFunction<ProfileDraft.Section, Secret, ProfileDraft.Section> signature) {
        Map<String, Secret> passwords = new HashMap<>();
        for (PeerProfile peer : file == null ? List.<PeerProfile>of() : file.peers()) {
            Secret password = peer.md5Password();
            if (password != null) {
                passwords.put(PEER + peer.name(), password);
            }
        }
        List<ProfileDraft.Section> sections = new ArrayList<>();
        for (ProfileDraft.Section section : draft.sections()) {
            Secret password = passwords.get(section.title());
            sections.add(password == null ? section : signature.apply(section, password));
        }
        return new ProfileDraft(draft.origin(), sections);
    }

    /** A peer that the file signs stays signed, also where the override is silent about it. */
    private static ProfileDraft.Section marked(ProfileDraft.Section section) {
        return section.entries().stream().anyMatch(entry -> entry.key().equals(AUTH_TYPE))
                ? section
                : with(section, AUTH_TYPE, "md5");
    }

    private static ProfileDraft.Section withPassword(ProfileDraft.Section section, Secret password) {
        return with(marked(section), "md5_password", new String(password.reveal(), StandardCharsets.UTF_8));
    }

    private static ProfileDraft.Section with(ProfileDraft.Section section, String key, String value) {
        List<ProfileDraft.Entry> entries = new ArrayList<>(section.entries());
        entries.add(new ProfileDraft.Entry(key, value));
        return new ProfileDraft.Section(section.title(), entries);
    }
}
