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
import org.l3distributor.distributor.controller.BgpRules;
import org.l3distributor.distributor.controller.BgpSpeaker;

/** Changes a speaker; FIELD= takes a value away, and the amphorae that have it are told. */
@Service
@Command(
        scope = "controller",
        name = "speaker-set",
        description = "Changes a speaker; FIELD= takes a value away, and the amphorae that have it are told")
public final class ControllerSpeakerSet extends ControllerCommand {
    @Argument(index = 0, name = "ID", description = "Its id", required = true)
    @Completion(ControllerSpeakerIds.class)
    String id = "";

    @Argument(
            index = 1,
            name = "FIELD=VALUE",
            description = "name, description, ip_version, local_as, allowed_vip_prefixes",
            required = true,
            multiValued = true)
    List<String> fields = List.of();

    @Override
    protected String answer(Ports ports) throws Exception {
        BgpSpeaker old = Answers.done(profile(ports).speaker(id)).speaker();
        BgpSpeaker next = Answers.done(BgpRules.speaker(body("speaker", fields, List.of("allowed_vip_prefixes")), old));
        return ControllerText.speaker(Answers.done(profile(ports).change(old, next)), json);
    }
}
