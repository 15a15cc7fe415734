// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.l3distributor.amphora.internal.core.InForce.State;
import org.l3distributor.amphora.internal.profile.Choice;
import org.l3distributor.amphora.internal.profile.Impacts;
import org.l3distributor.amphora.internal.profile.OverrideText;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.CheckedProfile;
import org.l3distributor.distributor.profile.ProfileDraft;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.distributor.service.ProfileService;

/** Shows the profile in force and changes it: checked, made durable, then applied. */
final class Profiles implements ProfileService {
    private final Answers answers;
    private final InForce inForce;
    private final StoreLink store;
    private final CoreSettings settings;

    Profiles(Answers answers, InForce inForce, StoreLink store, CoreSettings settings) {
        this.answers = answers;
        this.inForce = inForce;
        this.store = store;
        this.settings = settings;
    }

    @Override
    public Optional<BgpProfile> profile() {
        return Optional.ofNullable(inForce.state().choice().profile());
    }

    @Override
    public String origin() {
        return inForce.state().choice().origin();
    }

    @Override
    public List<ProfileFault> faults() {
        return inForce.state().choice().faults();
    }

    @Override
    public Outcome<List<FieldImpact>> validate(ProfileDraft draft) {
        State now = inForce.state();
        CheckedProfile checked = Choice.check(draft, now.file().profile(), inForce.roles());
        BgpProfile profile = checked.profile();
        return profile == null ? Outcome.refused(refusals(checked.faults())) : Outcome.done(impacts(now, profile));
    }

    private List<FieldImpact> impacts(State now, BgpProfile profile) {
        return Impacts.between(now.choice().profile(), profile, now.planFor(profile, settings.ports()));
    }

    @Override
    public CompletionStage<Outcome<List<FieldImpact>>> replace(ProfileDraft draft) {
        return answers.<List<FieldImpact>>outcome(answer -> {
            Outcome<List<FieldImpact>> verdict = validate(draft);
            if (verdict instanceof Outcome.Refused<List<FieldImpact>>) {
                answer.complete(verdict);
                return;
            }
            State now = inForce.state();
            ProfileDraft kept = Choice.kept(
                    new ProfileDraft(Choice.OVERRIDE, draft.sections()),
                    now.file().profile());
            store.write(
                    on -> on.putOverride(Overrides.PROFILE, OverrideText.write(kept)),
                    () -> inForce.overridden(kept, inForce.state().disabled(), () -> answer.complete(verdict)),
                    answer);
        });
    }

    @Override
    public CompletionStage<Outcome<List<FieldImpact>>> reset() {
        return answers.<List<FieldImpact>>outcome(answer -> {
            State now = inForce.state();
            BgpProfile file = now.file().profile();
            if (now.override() == null && store.isOpen()) {
                answer.complete(Outcome.done(List.of()));
            } else if (file == null) {
                answer.complete(Outcome.refused(Refusal.conflict(
                        "",
                        null,
                        "there is no good profile in the agent's configuration to go back to: "
                                + now.file().faults())));
            } else {
                Outcome<List<FieldImpact>> done = Outcome.done(impacts(now, file));
                store.write(
                        on -> on.removeOverride(Overrides.PROFILE),
                        () -> inForce.overridden(null, inForce.state().disabled(), () -> answer.complete(done)),
                        answer);
            }
        });
    }

    private static List<Refusal> refusals(List<ProfileFault> faults) {
        return faults.stream().map(Profiles::refusal).toList();
    }

    private static Refusal refusal(ProfileFault fault) {
        @Nullable String value = fault.value();
        String field = fault.section().isEmpty()
                ? fault.key()
                : "[" + fault.section() + "]" + (fault.key().isEmpty() ? "" : " " + fault.key());
        return Refusal.invalid(field, value, fault.rule());
    }
}
