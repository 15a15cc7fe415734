// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.service;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.ProfileFault;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the config drive and the agent's file say. The service is re-registered with a new snapshot whenever that
 * changes: whoever depends on it takes an updated reference.
 */
@ProviderType
public interface AgentConfiguration {
    Snapshot snapshot();

    /** Adds a listener that is told every later snapshot; called on the configuration's own thread. */
    AutoCloseable listen(java.util.function.Consumer<Snapshot> listener);

    /**
     * One reading of the configuration.
     *
     * @param amphoraId the amphora's id, null while unknown
     * @param profile the checked profile; null while there is none or it has faults
     * @param faults every broken rule; empty when the profile is good
     * @param source "config drive", "pushed", or "none"
     */
    record Snapshot(
            @Nullable String amphoraId, @Nullable BgpProfile profile, List<ProfileFault> faults, String source) {
        public Snapshot {
            faults = List.copyOf(faults);
        }
    }
}
