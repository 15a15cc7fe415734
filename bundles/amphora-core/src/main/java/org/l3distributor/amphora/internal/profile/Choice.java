// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.profile;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.CheckedProfile;
import org.l3distributor.distributor.profile.ProfileDraft;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.distributor.service.AgentConfiguration.Snapshot;

/**
 * Which profile is in force.
 *
 * @param profile null until there was a good one
 * @param origin where it came from
 * @param faults why the newest one wasn't taken; empty when it was
 */
public record Choice(@Nullable BgpProfile profile, String origin, List<ProfileFault> faults) {
    public static final String OVERRIDE = "run-time override";
    public static final Choice NONE = new Choice(null, "none", List.of());

    public Choice {
        faults = List.copyOf(faults);
    }

    /**
     * The run-time override before the file's profile; what breaks a rule is not taken, and what was in force stays.
     *
     * @param file what the agent's configuration says
     * @param override the run-time override, null when there is none
     * @param roles installed roles, empty when not known
     */
    public Choice next(Snapshot file, @Nullable ProfileDraft override, Set<String> roles) {
        if (override != null) {
            CheckedProfile checked = check(override, file.profile(), roles);
            return checked.profile() == null
                    ? new Choice(profile, origin, checked.faults())
                    : new Choice(checked.profile(), OVERRIDE, List.of());
        }
        BgpProfile written = file.profile();
        if (written == null) {
            return new Choice(profile, origin, file.faults());
        }
        List<ProfileFault> faults = OverrideRules.roleFaults(written, roles, file.source());
        return faults.isEmpty() ? new Choice(written, file.source(), List.of()) : new Choice(profile, origin, faults);
    }

    /** Checks a draft as a run-time override. */
    public static CheckedProfile check(ProfileDraft draft, @Nullable BgpProfile file, Set<String> roles) {
        return OverrideRules.check(draft, file, roles);
    }

    /** A checked draft as it is to be kept; it carries no password. */
    public static ProfileDraft kept(ProfileDraft draft, @Nullable BgpProfile file) {
        return OverrideRules.kept(draft, file);
    }
}
