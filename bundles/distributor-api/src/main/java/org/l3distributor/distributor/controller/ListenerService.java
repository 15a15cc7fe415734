// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.model.Outcome;
import org.osgi.annotation.versioning.ProviderType;

/** Listeners; answers and refuses as {@link LoadBalancerService} does, and {@link ListenerRules} decides. */
@ProviderType
public interface ListenerService {
    CompletionStage<Outcome<Listener>> create(ListenerDraft draft);

    CompletionStage<Outcome<Listener>> find(String id);

    CompletionStage<Outcome<List<Listener>>> list(ListQuery query);

    CompletionStage<Outcome<Listener>> change(String id, ListenerChange change);

    CompletionStage<Outcome<Listener>> delete(String id);

    CompletionStage<Outcome<Statistics>> statistics(String id);
}
