// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.service;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.ProfileDraft;
import org.l3distributor.distributor.profile.ProfileFault;
import org.osgi.annotation.versioning.ProviderType;

/** The profile in force and its change at run time. */
@ProviderType
public interface ProfileService {
    /** The profile in force; empty while there is none or the only one is wrong. */
    Optional<BgpProfile> profile();

    /** Where the profile in force came from: "config drive", "pushed", "run-time override", or "none". */
    String origin();

    /** What is wrong with the newest profile that could not be taken; empty when all is well. */
    List<ProfileFault> faults();

    /** What {@link #replace} would do, without doing it. All faults at once. */
    Outcome<List<FieldImpact>> validate(ProfileDraft draft);

    /** Makes the draft the run-time override, durably, and applies it. Secrets are refused in it and kept from the file. */
    CompletionStage<Outcome<List<FieldImpact>>> replace(ProfileDraft draft);

    /** Drops the run-time override: the pushed or imported profile is in force again. */
    CompletionStage<Outcome<List<FieldImpact>>> reset();

    /**
     * What applying one changed field does.
     *
     * @param section the section's title, for example {@code l3_bgp_peer:tor1}
     * @param key the key; "" when the whole section appears or goes
     * @param effect what it does to a session
     */
    record FieldImpact(String section, String key, String from, String to, Effect effect) {}

    enum Effect {
        /** Nothing on the wire changes. */
        NONE,
        /** Taken over without a reset, at the next session or the next UPDATE. */
        SOFT,
        /** The session of this peer is reset; no other is. */
        RESET
    }
}
