// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.console.internal.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;
import org.l3distributor.controller.console.internal.show.ControllerText;

/** Deletes a distributor that has neither VIPs nor amphorae. */
@Service
@Command(
        scope = "controller",
        name = "distributor-delete",
        description = "Deletes a distributor that has neither VIPs nor amphorae")
public final class ControllerDistributorDelete extends ControllerCommand {
    @Argument(index = 0, name = "ID", description = "Its id", required = true)
    @Completion(ControllerDistributorIds.class)
    String id = "";

    @Override
    protected String answer(Ports ports) throws Exception {
        return ControllerText.distributor(Answers.done(distributors(ports).delete(id)), json);
    }
}
