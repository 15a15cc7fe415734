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

/** Has an amphora built that announces for a distributor. */
@Service
@Command(
        scope = "controller",
        name = "distributor-add-amphora",
        description = "Has an amphora built that announces for a distributor")
public final class ControllerDistributorAddAmphora extends ControllerCommand {
    @Argument(index = 0, name = "ID", description = "Its id", required = true)
    @Completion(ControllerDistributorIds.class)
    String id = "";

    @Argument(index = 1, name = "SPEAKER", description = "Speakers that it runs", required = true, multiValued = true)
    @Completion(ControllerSpeakerIds.class)
    List<String> speakers = List.of();

    @Override
    protected String answer(Ports ports) throws Exception {
        return ControllerText.amphora(Answers.done(distributors(ports).addAmphora(id, speakers)), json);
    }
}
