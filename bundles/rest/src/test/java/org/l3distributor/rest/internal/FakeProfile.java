// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.CheckedProfile;
import org.l3distributor.distributor.profile.ProfileDraft;
import org.l3distributor.distributor.profile.ProfileDraft.Entry;
import org.l3distributor.distributor.profile.ProfileDraft.Section;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.distributor.profile.ProfileRules;
import org.l3distributor.distributor.service.ProfileService;

/** A profile service with the real rules, and one password for whoever is signed. */
final class FakeProfile implements ProfileService {
    BgpProfile profile;
    ProfileDraft draft;

    @Override
    public Optional<BgpProfile> profile() {
        return Optional.ofNullable(profile);
    }

    @Override
    public String origin() {
        return profile == null ? "none" : "run-time override";
    }

    @Override
    public List<ProfileFault> faults() {
        return List.of();
    }

    @Override
    public Outcome<List<FieldImpact>> validate(ProfileDraft given) {
        draft = given;
        CheckedProfile checked = ProfileRules.check(signed(given));
        if (checked.profile() == null) {
            return Outcome.refused(checked.faults().stream()
                    .map(f -> Refusal.invalid("[" + f.section() + "] " + f.key(), f.value(), f.rule()))
                    .toList());
        }
        profile = checked.profile();
        return Outcome.done(List.of(new FieldImpact("l3_bgp_peer:tor1", "hold_time", "9", "90", Effect.RESET)));
    }

    private static ProfileDraft signed(ProfileDraft given) {
        return new ProfileDraft(
                given.origin(),
                given.sections().stream()
                        .map(s -> s.entries().contains(new Entry("auth_type", "md5"))
                                ? new Section(
                                        s.title(),
                                        java.util.stream.Stream.concat(
                                                        s.entries().stream(),
                                                        java.util.stream.Stream.of(new Entry("md5_password", "s3cret")))
                                                .toList())
                                : s)
                        .toList());
    }

    @Override
    public CompletionStage<Outcome<List<FieldImpact>>> replace(ProfileDraft given) {
        return CompletableFuture.completedStage(validate(given));
    }

    @Override
    public CompletionStage<Outcome<List<FieldImpact>>> reset() {
        profile = null;
        return CompletableFuture.completedStage(Outcome.done(List.of()));
    }
}
