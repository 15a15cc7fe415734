// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.l3distributor.console.Ports;
import org.l3distributor.console.internal.show.ApplianceText;
import org.l3distributor.distributor.model.Readiness;
import org.l3distributor.distributor.service.ReadinessService;

/** Readiness with its conditions; its exit status is 0 only when the appliance is ready. */
@Service
@Command(
        scope = "distributor",
        name = "ready",
        description = "Whether the appliance can do its work, and what is missing")
public final class DistributorReady extends ApplianceCommand {
    private boolean ready;

    @Override
    protected String answer(Ports ports) throws Exception {
        Readiness readiness = ports.need(
                        ReadinessService.class,
                        "not ready: the distributor isn't installed here (or it hasn't started yet)")
                .readiness();
        ready = readiness.ready();
        return json ? ApplianceText.readinessJson(readiness) : ApplianceText.readiness(readiness);
    }

    /** A health check reads the exit status alone. */
    @Override
    @Nullable
    protected String verdict() {
        return ready ? null : "the appliance isn't ready";
    }
}
