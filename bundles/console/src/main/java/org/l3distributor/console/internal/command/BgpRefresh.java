// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;

/** Sends every route to the peer again; resets nothing. */
@Service
@Command(scope = "bgp", name = "refresh", description = "Sends every route to the peer again; resets nothing")
public final class BgpRefresh extends PeerCommand {
    @Override
    protected String answer(Ports ports) throws Exception {
        return shown(Answers.done(peers(ports).refresh(peerId(id))));
    }
}
