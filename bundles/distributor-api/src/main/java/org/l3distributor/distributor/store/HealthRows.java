// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.controller.AmphoraHealth;
import org.osgi.annotation.versioning.ProviderType;

/** Table amphora_health. */
@ProviderType
public interface HealthRows {
    Optional<AmphoraHealth> find(String amphoraId);

    List<AmphoraHealth> all();

    /**
     * Writes that these were heard of; an older time never replaces a newer one. An amphora without a row gets one, an id
     * without an amphora doesn't: whoever heard it may have read the amphorae before it was deleted.
     */
    void heard(Collection<AmphoraHealth> news);

    /**
     * Claims amphorae that weren't heard of since, and that nothing is done to: they are busy from now on. One that
     * another transaction is about to claim is passed over.
     *
     * @return at most {@code max}, the longest silent first
     */
    List<AmphoraHealth> claimStale(Instant since, int max);

    /** How many rows there are, and how many of them weren't heard of since. */
    Staleness staleness(Instant since);

    /** Sets busy; false when there is no row or it was so already. */
    boolean setBusy(String amphoraId, boolean busy);

    boolean delete(String amphoraId);

    /** Removes the rows of amphorae that aren't there; answers how many. */
    int forget();

    record Staleness(long all, long stale) {}
}
