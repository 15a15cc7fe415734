// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.profile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
 * peers of the same name, a further signed peer gets its speaker's, and the service type must fit the installed roles.
 */
final class OverrideRules {
    private static final String SPEAKER = "l3_bgp_speaker";
    private static final String PEER = "l3_bgp_peer:";
    private static final String AUTH_TYPE = "auth_type";
    private static final String MD5 = "md5";
    private static final String UNSIGNED = "none";

    private OverrideRules() {}

    /** Checks a run-time override against the file's profile, from which it takes its passwords. */
    static CheckedProfile check(ProfileDraft draft, @Nullable BgpProfile file, Set<String> roles) {
        List<ProfileFault> faults = new ArrayList<>(secretsIn(draft));
        faults.addAll(unsignedIn(draft, file));
        CheckedProfile checked = ProfileRules.check(withPasswords(draft, file));
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
                faults.add(new ProfileFault(
                        origin,
                        title(speaker),
                        "service_type",
                        type,
                        "contradicts the installed roles: service_type " + type + " needs role-" + needed
                                + ", installed: role-" + String.join(", role-", new TreeSet<>(roles))));
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

    /** Peers that the file signs and the draft says are not to be. */
    private static List<ProfileFault> unsignedIn(ProfileDraft draft, @Nullable BgpProfile file) {
        Map<String, Secret> passwords = passwords(file);
        List<ProfileFault> faults = new ArrayList<>();
        for (ProfileDraft.Section section : draft.sections()) {
            if (UNSIGNED.equals(value(section, AUTH_TYPE)) && passwords.containsKey(section.title())) {
                faults.add(new ProfileFault(
                        draft.origin(),
                        section.title(),
                        AUTH_TYPE,
                        UNSIGNED,
                        "is md5 in the agent's configuration file, and nothing else takes a signature away"));
            }
        }
        return faults;
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
        Map<String, Secret> passwords = passwords(file);
        Map<String, Secret> defaults = defaults(draft, file);
        List<ProfileDraft.Section> sections = new ArrayList<>();
        for (ProfileDraft.Section written : draft.sections()) {
            ProfileDraft.Section section = bare(written);
            Secret password = passwords.get(section.title());
            if (password == null && MD5.equals(value(section, AUTH_TYPE))) {
                password = defaults.get(section.title());
            }
            sections.add(password == null ? section : signature.apply(section, password));
        }
        return new ProfileDraft(draft.origin(), sections);
    }

    /** The passwords of the file's peers, by the title of their section. */
    private static Map<String, Secret> passwords(@Nullable BgpProfile file) {
        Map<String, Secret> passwords = new HashMap<>();
        for (PeerProfile peer : file == null ? List.<PeerProfile>of() : file.peers()) {
            Secret password = peer.md5Password();
            if (password != null) {
                passwords.put(PEER + peer.name(), password);
            }
        }
        return passwords;
    }

    /** For each peer that a speaker of the draft names: the password that the file gives that speaker. */
    private static Map<String, Secret> defaults(ProfileDraft draft, @Nullable BgpProfile file) {
        Map<String, Secret> ofSpeakers = new HashMap<>();
        for (SpeakerProfile speaker : file == null ? List.<SpeakerProfile>of() : file.speakers()) {
            Secret password = speaker.md5Password();
            if (password != null) {
                ofSpeakers.put(title(speaker), password);
            }
        }
        Map<String, Secret> ofPeers = new HashMap<>();
        for (ProfileDraft.Section section : draft.sections()) {
            Secret password = ofSpeakers.get(section.title());
            String peers = value(section, "peers");
            if (password != null && peers != null) {
                for (String peer : peers.split(",", -1)) {
                    ofPeers.put(PEER + peer.strip(), password);
                }
            }
        }
        return ofPeers;
    }

    private static String title(SpeakerProfile speaker) {
        return speaker.name().equals("default") ? SPEAKER : SPEAKER + ":" + speaker.name();
    }

    private static @Nullable String value(ProfileDraft.Section section, String key) {
        return section.entries().stream()
                .filter(entry -> entry.key().equals(key))
                .map(ProfileDraft.Entry::value)
                .findFirst()
                .orElse(null);
    }

    /** Without passwords, and without the word that says there is none. */
    private static ProfileDraft.Section bare(ProfileDraft.Section section) {
        return new ProfileDraft.Section(
                section.title(),
                section.entries().stream()
                        .filter(entry -> !ProfileRules.isSecret(entry.key()))
                        .filter(entry ->
                                !(entry.key().equals(AUTH_TYPE) && entry.value().equals(UNSIGNED)))
                        .toList());
    }

    /** A peer that the file signs stays signed, also where the override is silent about it. */
    private static ProfileDraft.Section marked(ProfileDraft.Section section) {
        return value(section, AUTH_TYPE) == null ? with(section, AUTH_TYPE, MD5) : section;
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
