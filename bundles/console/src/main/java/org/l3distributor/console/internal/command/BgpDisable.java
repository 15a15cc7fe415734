// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;

/** Holds a session down until bgp:enable; survives a restart. */
@Service
@Command(scope = "bgp", name = "disable", description = "Holds a session down until bgp:enable; survives a restart")
public final class BgpDisable extends PeerCommand {
    @Override
    protected String answer(Ports ports) throws Exception {
        return shown(Answers.done(peers(ports).disable(peerId(id))));
    }
}
