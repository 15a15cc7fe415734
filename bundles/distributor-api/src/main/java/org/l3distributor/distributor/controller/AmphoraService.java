// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.model.Outcome;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Amphorae, for operators. A call that changes something is done when the wish is durable and a task for it is stored;
 * refused NOT_FOUND when the amphora isn't there, CONFLICT while something is being done to it, NOT_READY when the database
 * doesn't answer; always with nothing changed.
 */
@ProviderType
public interface AmphoraService {
    CompletionStage<Outcome<AmphoraView>> find(String id);

    /** By {@link Attributes#AMPHORAE}. */
    CompletionStage<Outcome<List<AmphoraView>>> list(ListQuery query);

    /** What each listener moved through it. */
    CompletionStage<Outcome<List<ListenerStatistics>>> statistics(String id);

    /** Has it replaced: its routes are withdrawn first, and it is deleted when another one serves. */
    CompletionStage<Outcome<AmphoraView>> failover(String id);

    /** Has the agent's configuration, with the BGP peer profile, rendered and pushed to it again. */
    CompletionStage<Outcome<AmphoraView>> configure(String id);

    /**
     * Deletes one that serves nobody any more: it is in ERROR, belongs to no load balancer, or is a dedicated speaker whose
     * routes others take over. Refused CONFLICT otherwise.
     */
    CompletionStage<Outcome<AmphoraView>> delete(String id);

    /** Those that weren't heard of for too long, and what is thought of them. */
    CompletionStage<Outcome<SilentAmphorae>> silent();

    /**
     * An operator's word that all that are silent now are dead, however many fell silent together: those that are held are
     * declared dead too, as fast as their load balancers may lose them. Who is heard of again before that isn't.
     *
     * @return what is thought of them now
     */
    CompletionStage<Outcome<SilentAmphorae>> confirmSilent();
}
