// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.service;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.profile.BgpProfile;
import org.l3distributor.distributor.profile.ProfileFault;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the config drive and the agent's file say. The service appears once, after the first reading, and stays; later
 * readings reach its listeners.
 */
@ProviderType
public interface AgentConfiguration {
    /** The newest reading. */
    Snapshot snapshot();

    /** Adds a listener that is told every later snapshot; called on the configuration's own thread. */
    AutoCloseable listen(java.util.function.Consumer<Snapshot> listener);

    /**
     * One reading of the configuration.
     *
     * @param amphoraId the amphora's id, null while unknown
     * @param profile the checked profile, which alone says what may be announced; null while there is none or it is
     *     wrong
     * @param faults every broken rule. Beside a profile: faults that don't concern it (a listener's address, a missing
     *     certificate), or those of a ConfigAdmin overlay that was refused as a whole
     * @param source "config drive", "pushed", or "none"
     */
    record Snapshot(
            @Nullable String amphoraId, @Nullable BgpProfile profile, List<ProfileFault> faults, String source) {
        public Snapshot {
            faults = List.copyOf(faults);
        }
    }
}
