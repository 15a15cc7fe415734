// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.model.Outcome;
import org.osgi.annotation.versioning.ProviderType;

/** Pools; answers and refuses as {@link LoadBalancerService} does, and {@link PoolRules} decides. */
@ProviderType
public interface PoolService {
    CompletionStage<Outcome<PoolView>> create(PoolDraft draft);

    CompletionStage<Outcome<PoolView>> find(String id);

    CompletionStage<Outcome<List<PoolView>>> list(ListQuery query);

    CompletionStage<Outcome<PoolView>> change(String id, PoolChange change);

    /** With its members and its monitor; listeners that had it as default pool have none then. */
    CompletionStage<Outcome<PoolView>> delete(String id);
}
