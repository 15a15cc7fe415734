// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Ports;
import org.l3distributor.distributor.service.PeerService;
import org.l3distributor.net.PeerId;

/** Everything about one session. */
@Service
@Command(scope = "bgp", name = "neighbor", description = "One BGP session with its timers, capabilities and counters")
public final class BgpNeighbor extends PeerCommand {
    @Override
    protected String answer(Ports ports) throws Exception {
        PeerService peers = peers(ports);
        PeerId peer = peerId(id);
        return shown(peers.peer(peer).orElseThrow(() -> unknown(peers, peer)));
    }
}
