// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.AgentSettings;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.distributor.service.AgentConfiguration;

/**
 * What was read, as one value.
 *
 * @param profile null while there is none or the files' is wrong
 * @param http null while a certificate is missing
 * @param complete false = the drive or the copy must be looked at again, for something is missing or wrong in it. With
 *     neither profile nor fault nobody wrote a profile: that is right for an amphora that announces nothing
 */
record Reading(
        AgentSettings settings,
        @Nullable BgpProfile profile,
        List<ProfileFault> faults,
        @Nullable HttpSettings http,
        String source,
        boolean complete) {
    static final Reading NONE = new Reading(AgentKeys.DEFAULTS, null, List.of(), null, "none", false);

    Reading {
        faults = List.copyOf(faults);
    }

    @Nullable
    String amphoraId() {
        return settings.amphoraId();
    }

    AgentConfiguration.Snapshot snapshot() {
        return new AgentConfiguration.Snapshot(amphoraId(), profile, faults, source);
    }
}
