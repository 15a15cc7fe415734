// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.model.Outcome;
import org.osgi.annotation.versioning.ProviderType;

/** Health monitors; answers and refuses as {@link LoadBalancerService} does, and {@link HealthMonitorRules} decides. */
@ProviderType
public interface HealthMonitorService {
    CompletionStage<Outcome<HealthMonitor>> create(HealthMonitorDraft draft);

    CompletionStage<Outcome<HealthMonitor>> find(String id);

    CompletionStage<Outcome<List<HealthMonitor>>> list(ListQuery query);

    CompletionStage<Outcome<HealthMonitor>> change(String id, HealthMonitorChange change);

    CompletionStage<Outcome<HealthMonitor>> delete(String id);
}
