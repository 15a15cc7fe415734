// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What checking a draft gave: a profile, or every rule that it breaks.
 *
 * @param profile present exactly when there are no faults
 */
public record CheckedProfile(@Nullable BgpProfile profile, List<ProfileFault> faults) {
    public CheckedProfile {
        faults = List.copyOf(faults);
        if ((profile == null) == faults.isEmpty()) {
            throw new IllegalArgumentException("either a profile or faults");
        }
    }
}
