// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;
import org.l3distributor.console.internal.show.HeldText;
import org.l3distributor.distributor.amphora.HeldConnections;
import org.l3distributor.distributor.amphora.LoadBalancerService;

/** What would break if the load balancers of this host were stopped now. */
@Service
@Command(
        scope = "distributor",
        name = "connections",
        description = "What clients still have of each load balancer of this host, before one is stopped")
public final class DistributorConnections extends ApplianceCommand {
    @Override
    protected String answer(Ports ports) throws Exception {
        LoadBalancerService loadBalancers = ports.need(
                LoadBalancerService.class,
                "nothing here holds load balancers (or it hasn't started yet): role amphora");
        List<HeldConnections> rows = Answers.await(loadBalancers.held());
        return json ? HeldText.json(rows) : HeldText.table(rows);
    }
}
