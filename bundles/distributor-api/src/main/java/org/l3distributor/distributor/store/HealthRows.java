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
     * Those that weren't heard of since, busy ones too, and what is done to them: of amphorae that are in service or were
     * declared dead (ALLOCATED, ERROR). Those of others go with what is done to these.
     *
     * @return the longest silent first
     */
    List<AmphoraHealth> silent(Instant since);

    /** How many rows there are: amphorae that are waited for. */
    long count();

    /**
     * Claims those of some amphorae that weren't heard of since, and that nothing is done to: they are busy from now on. One
     * that another transaction is about to claim is passed over.
     *
     * @param amphoraIds at most 100
     * @return the longest silent first
     */
    List<AmphoraHealth> claim(Collection<String> amphoraIds, Instant since);

    /**
     * An operator's word: those of {@link #silent} that nothing is done to are {@link AmphoraHealth#GIVEN_UP} until they're
     * heard of.
     *
     * @return their ids
     */
    List<String> giveUp(Instant since);

    /** Sets busy; false when there is no row or it was so already. */
    boolean setBusy(String amphoraId, boolean busy);

    boolean delete(String amphoraId);

    /** Removes the rows of amphorae that aren't there; answers how many. */
    int forget();
}
