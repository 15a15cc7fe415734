// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.console.internal.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;
import org.l3distributor.controller.console.internal.show.ControllerText;

/** Pushes the BGP peer profile to the speaker's amphorae again. */
@Service
@Command(
        scope = "controller",
        name = "speaker-push",
        description = "Pushes the BGP peer profile to the speaker's amphorae again")
public final class ControllerSpeakerPush extends ControllerCommand {
    @Argument(index = 0, name = "ID", description = "Its id", required = true)
    @Completion(ControllerSpeakerIds.class)
    String id = "";

    @Override
    protected String answer(Ports ports) throws Exception {
        return ControllerText.speaker(Answers.done(profile(ports).push(id)), json);
    }
}
