// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.console.internal.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;
import org.l3distributor.controller.console.internal.show.ControllerText;

/** Pushes the agent's configuration, with the BGP peer profile, to an amphora again. */
@Service
@Command(
        scope = "controller",
        name = "amphora-configure",
        description = "Pushes the agent's configuration, with the BGP peer profile, to an amphora again")
public final class ControllerAmphoraConfigure extends ControllerCommand {
    @Argument(index = 0, name = "ID", description = "Its id", required = true)
    @Completion(ControllerAmphoraIds.class)
    String id = "";

    @Override
    protected String answer(Ports ports) throws Exception {
        return ControllerText.amphora(Answers.done(amphorae(ports).configure(id)), json);
    }
}
