// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.console.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;
import org.l3distributor.controller.console.internal.show.ControllerText;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.BgpRules;

/** Makes a peer; no speaker has it yet. */
@Service
@Command(scope = "controller", name = "peer-create", description = "Makes a peer; no speaker has it yet")
public final class ControllerPeerCreate extends ControllerCommand {
    @Argument(
            index = 0,
            name = "FIELD=VALUE",
            description =
                    "name, description, peer_ip, remote_as, auth_type, ttl_hops, hold_time, keepalive_interval, families, add_path, passive, enabled",
            required = true,
            multiValued = true)
    List<String> fields = List.of();

    @Override
    protected String answer(Ports ports) throws Exception {
        BgpPeer wanted = Answers.done(BgpRules.peer(body("peer", fields, List.of("families"))));
        return ControllerText.peer(Answers.done(profile(ports).create(wanted)), json);
    }
}
