// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.console.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;
import org.l3distributor.controller.console.internal.show.ControllerText;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.DistributorRules;

/** Makes a distributor. */
@Service
@Command(scope = "controller", name = "distributor-create", description = "Makes a distributor")
public final class ControllerDistributorCreate extends ControllerCommand {
    @Argument(
            index = 0,
            name = "FIELD=VALUE",
            description = "name, distributor_type, topology, redundancy",
            required = true,
            multiValued = true)
    List<String> fields = List.of();

    @Override
    protected String answer(Ports ports) throws Exception {
        Distributor wanted = Answers.done(DistributorRules.create(body("distributor", fields, List.of())));
        return ControllerText.distributor(Answers.done(distributors(ports).create(wanted)), json);
    }
}
