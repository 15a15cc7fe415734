// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.console.internal.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;
import org.l3distributor.controller.console.internal.show.ControllerText;

/** Takes a speaker's peer away. */
@Service
@Command(scope = "controller", name = "peer-remove", description = "Takes a speaker's peer away")
public final class ControllerPeerRemove extends ControllerCommand {
    @Argument(index = 0, name = "SPEAKER", description = "The speaker's id", required = true)
    @Completion(ControllerSpeakerIds.class)
    String speaker = "";

    @Argument(index = 1, name = "PEER", description = "The peer's id", required = true)
    @Completion(ControllerPeerIds.class)
    String id = "";

    @Override
    protected String answer(Ports ports) throws Exception {
        return ControllerText.speaker(Answers.done(profile(ports).removePeer(speaker, id)), json);
    }
}
