// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.service;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.distributor.model.RemovalResult;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Register, unregister and list. A stage completes when the answer is true: the change is durable, and written to the
 * socket of every established target peer, or five seconds have passed (then the slow peers are
 * {@code PENDING} with the reason {@link RegistrationStatus#STILL_WRITING}).
 */
@ProviderType
public interface DistributorService {
    /** Adds one registration; the same one again changes nothing and is done. */
    CompletionStage<Outcome<RegistrationStatus>> register(Registration registration);

    /** Adds all of them in one transaction, or none. */
    CompletionStage<Outcome<List<RegistrationStatus>>> registerAll(List<Registration> registrations);

    /** Removes what the removal names; refused as not found when there is nothing of it. */
    CompletionStage<Outcome<List<RegistrationStatus>>> unregister(Removal removal);

    /** Removes all of them in one transaction; what isn't there is reported, not refused. */
    CompletionStage<Outcome<RemovalResult>> unregisterAll(List<Removal> removals);

    /**
     * A page of registrations with their state at each peer, ordered by VIP, next hop, owner and peer. Refused as not
     * ready until the store has been read: an empty list would be a lie.
     *
     * @param amphorae true = registrations of amphorae, false = those of non-amphora endpoints
     * @param limit 1..10000
     * @param marker the {@link #marker} of the last row of the page before, null for the first page
     * @throws IllegalArgumentException at once, when the limit is out of range or the marker isn't one
     */
    CompletionStage<Outcome<List<RegistrationStatus>>> list(boolean amphorae, int limit, @Nullable String marker);

    /** The place of a row in the order of {@link #list}; opaque, stable over restarts. */
    String marker(Registration registration);
}
