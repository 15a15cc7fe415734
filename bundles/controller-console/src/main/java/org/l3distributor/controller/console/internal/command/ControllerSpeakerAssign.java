// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.console.internal.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;
import org.l3distributor.controller.console.internal.show.ControllerText;

/** Has an amphora run a speaker. */
@Service
@Command(scope = "controller", name = "speaker-assign", description = "Has an amphora run a speaker")
public final class ControllerSpeakerAssign extends ControllerCommand {
    @Argument(index = 0, name = "SPEAKER", description = "The speaker's id", required = true)
    @Completion(ControllerSpeakerIds.class)
    String speaker = "";

    @Argument(index = 1, name = "AMPHORA", description = "The amphora's id", required = true)
    @Completion(ControllerAmphoraIds.class)
    String id = "";

    @Override
    protected String answer(Ports ports) throws Exception {
        return ControllerText.speaker(Answers.done(profile(ports).assign(speaker, id)), json);
    }
}
