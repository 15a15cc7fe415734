// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.console.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;
import org.l3distributor.controller.console.internal.show.ControllerText;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.DistributorRules;

/** Changes a distributor. */
@Service
@Command(scope = "controller", name = "distributor-set", description = "Changes a distributor")
public final class ControllerDistributorSet extends ControllerCommand {
    @Argument(index = 0, name = "ID", description = "Its id", required = true)
    @Completion(ControllerDistributorIds.class)
    String id = "";

    @Argument(index = 1, name = "FIELD=VALUE", description = "name, redundancy", required = true, multiValued = true)
    List<String> fields = List.of();

    @Override
    protected String answer(Ports ports) throws Exception {
        Distributor old = Answers.done(distributors(ports).find(id)).distributor();
        Distributor next = Answers.done(DistributorRules.change(body("distributor", fields, List.of()), old));
        return ControllerText.distributor(Answers.done(distributors(ports).change(old, next)), json);
    }
}
