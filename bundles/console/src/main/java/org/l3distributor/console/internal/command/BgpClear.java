// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;

/** Resets a session once. */
@Service
@Command(scope = "bgp", name = "clear", description = "Resets a session once")
public final class BgpClear extends PeerCommand {
    @Override
    protected String answer(Ports ports) throws Exception {
        return shown(Answers.done(peers(ports).clear(peerId(id))));
    }
}
