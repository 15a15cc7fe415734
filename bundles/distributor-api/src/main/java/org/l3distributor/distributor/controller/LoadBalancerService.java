// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.model.Outcome;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Load balancers. A call that changes something is done when the wish is durable and a task for it is stored: the answer
 * shows the new, pending state. Refused NOT_FOUND when the thing isn't there, CONFLICT while a change of it is on its way,
 * NOT_READY when the database doesn't answer; always with nothing changed.
 */
@ProviderType
public interface LoadBalancerService {
    /**
     * @param projectId whose it will be
     * @return with the VIP's address and port already allocated; refused INVALID when networks, subnets and addresses of
     *     the draft aren't there or don't fit ({@link LoadBalancerRules#place}), CONFLICT when an address is taken
     */
    CompletionStage<Outcome<LoadBalancerTree>> create(LoadBalancerDraft draft, String projectId);

    CompletionStage<Outcome<LoadBalancerTree>> find(String id);

    CompletionStage<Outcome<List<LoadBalancerView>>> list(ListQuery query);

    CompletionStage<Outcome<LoadBalancerView>> change(String id, LoadBalancerChange change);

    /** @param cascade false: refused INVALID while it has listeners or pools */
    CompletionStage<Outcome<LoadBalancerView>> delete(String id, boolean cascade);

    /** Replaces its amphorae one after the other. */
    CompletionStage<Outcome<LoadBalancerView>> failover(String id);

    CompletionStage<Outcome<Statistics>> statistics(String id);
}
