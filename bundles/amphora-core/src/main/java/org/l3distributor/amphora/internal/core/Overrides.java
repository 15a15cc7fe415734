// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.amphora.internal.profile.Choice;
import org.l3distributor.amphora.internal.profile.OverrideText;
import org.l3distributor.distributor.profile.ProfileDraft;
import org.l3distributor.net.PeerId;

/** The names under which the store keeps what was changed at run time. */
final class Overrides {
    static final String PROFILE = "profile";
    private static final String DISABLED = "disabled:";

    private Overrides() {}

    static String disabled(PeerId peer) {
        return DISABLED + peer;
    }

    static @Nullable ProfileDraft profile(Map<String, String> overrides) {
        String text = overrides.get(PROFILE);
        return text == null ? null : OverrideText.read(text, Choice.OVERRIDE);
    }

    static Set<PeerId> disabled(Map<String, String> overrides) {
        return overrides.keySet().stream()
                .filter(name -> name.startsWith(DISABLED))
                .map(name -> new PeerId(name.substring(DISABLED.length())))
                .collect(Collectors.toUnmodifiableSet());
    }
}
