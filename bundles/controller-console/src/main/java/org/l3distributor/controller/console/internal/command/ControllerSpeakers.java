// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.console.internal.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;
import org.l3distributor.controller.console.internal.show.ControllerText;

/** Speakers of the BGP peer profile, or one of them. */
@Service
@Command(scope = "controller", name = "speakers", description = "Speakers of the BGP peer profile, or one of them")
public final class ControllerSpeakers extends ControllerCommand {
    @Argument(name = "ID", description = "One of them; all without it")
    @Completion(ControllerSpeakerIds.class)
    @Nullable
    String id;

    @Override
    protected String answer(Ports ports) throws Exception {
        return id == null
                ? ControllerText.speakers(Answers.done(profile(ports).speakers(ALL)), json)
                : ControllerText.speaker(Answers.done(profile(ports).speaker(id)), json);
    }
}
