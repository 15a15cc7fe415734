// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.service;

import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.model.Readiness;
import org.osgi.annotation.versioning.ProviderType;

/** Readiness of the appliance, for probes and the service manager. */
@ProviderType
public interface ReadinessService {
    Readiness readiness();

    /**
     * Completes once, normally, on any thread: when the registrations were read for the first time, or it is known why they
     * can't be. Before that nobody outside should be told anything: a refusal then would only mean "too early".
     */
    CompletionStage<Void> settled();
}
