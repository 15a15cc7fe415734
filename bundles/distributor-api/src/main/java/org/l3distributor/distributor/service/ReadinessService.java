// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.service;

import org.l3distributor.distributor.model.Readiness;
import org.osgi.annotation.versioning.ProviderType;

/** Readiness of the appliance, for probes and the service manager. */
@ProviderType
public interface ReadinessService {
    Readiness readiness();
}
