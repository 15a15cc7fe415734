// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.console.internal.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;
import org.l3distributor.controller.console.internal.show.ControllerText;

/** Load balancers with their states. */
@Service
@Command(scope = "controller", name = "loadbalancers", description = "Load balancers with their states")
public final class ControllerLoadBalancers extends ControllerCommand {
    @Override
    protected String answer(Ports ports) throws Exception {
        return ControllerText.loadBalancers(Answers.done(loadBalancers(ports).list(ALL)), json);
    }
}
