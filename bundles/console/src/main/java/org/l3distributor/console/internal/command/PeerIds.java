// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.PortCompleter;
import org.l3distributor.console.Ports;
import org.l3distributor.distributor.service.PeerService;

/** Ids of the configured peers. */
@Service
public final class PeerIds extends PortCompleter {
    @Override
    protected List<String> words(Ports ports) {
        return ports.find(PeerService.class).stream()
                .flatMap(service -> service.peers().stream())
                .map(peer -> peer.id().value())
                .toList();
    }
}
