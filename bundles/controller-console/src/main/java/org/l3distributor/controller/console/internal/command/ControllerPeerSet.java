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
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.BgpRules;

/** Changes a peer; FIELD= takes a value away, and the amphorae that have it are told. */
@Service
@Command(
        scope = "controller",
        name = "peer-set",
        description = "Changes a peer; FIELD= takes a value away, and the amphorae that have it are told")
public final class ControllerPeerSet extends ControllerCommand {
    @Argument(index = 0, name = "ID", description = "Its id", required = true)
    @Completion(ControllerPeerIds.class)
    String id = "";

    @Argument(
            index = 1,
            name = "FIELD=VALUE",
            description =
                    "name, description, peer_ip, remote_as, auth_type, ttl_hops, hold_time, keepalive_interval, families, add_path, passive, enabled",
            required = true,
            multiValued = true)
    List<String> fields = List.of();

    @Override
    protected String answer(Ports ports) throws Exception {
        BgpPeer old = Answers.done(profile(ports).peer(id));
        BgpPeer next = Answers.done(BgpRules.peer(body("peer", fields, List.of("families")), old));
        return ControllerText.peer(Answers.done(profile(ports).change(old, next)), json);
    }
}
