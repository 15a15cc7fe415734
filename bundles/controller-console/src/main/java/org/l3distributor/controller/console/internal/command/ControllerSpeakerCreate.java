// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.console.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;
import org.l3distributor.controller.console.internal.show.ControllerText;
import org.l3distributor.distributor.controller.BgpRules;
import org.l3distributor.distributor.controller.BgpSpeaker;

/** Makes a speaker; no amphora runs it yet. */
@Service
@Command(scope = "controller", name = "speaker-create", description = "Makes a speaker; no amphora runs it yet")
public final class ControllerSpeakerCreate extends ControllerCommand {
    @Argument(
            index = 0,
            name = "FIELD=VALUE",
            description = "name, description, ip_version, local_as, allowed_vip_prefixes",
            required = true,
            multiValued = true)
    List<String> fields = List.of();

    @Override
    protected String answer(Ports ports) throws Exception {
        BgpSpeaker wanted = Answers.done(BgpRules.speaker(body("speaker", fields, List.of("allowed_vip_prefixes"))));
        return ControllerText.speaker(Answers.done(profile(ports).create(wanted)), json);
    }
}
