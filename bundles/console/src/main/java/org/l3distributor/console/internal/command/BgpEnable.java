// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;

/** Ends bgp:disable. */
@Service
@Command(scope = "bgp", name = "enable", description = "Ends bgp:disable")
public final class BgpEnable extends PeerCommand {
    @Override
    protected String answer(Ports ports) throws Exception {
        return shown(Answers.done(peers(ports).enable(peerId(id))));
    }
}
