// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.l3distributor.console.Ports;
import org.l3distributor.console.internal.show.PeerText;
import org.l3distributor.distributor.model.EventView;
import org.l3distributor.distributor.service.PeerService;
import org.l3distributor.net.PeerId;

/** The event history. */
@Service
@Command(scope = "bgp", name = "events", description = "What happened, the newest first")
public final class BgpEvents extends ApplianceCommand {
    private static final int MOST = 1000;

    @Argument(name = "ID", description = "Only events of this peer")
    @Completion(PeerIds.class)
    @Nullable
    String id;

    @Option(name = "--limit", description = "1..1000, default 50")
    String limit = "50";

    @Override
    protected String answer(Ports ports) throws Exception {
        PeerId peer = id == null ? null : PeerCommand.peerId(id);
        PeerService service = peers(ports);
        List<EventView> events = service.events(peer, number("limit", limit, 1, MOST));
        if (peer != null && events.isEmpty() && service.peer(peer).isEmpty()) { // a peer of the past may have events
            throw PeerCommand.unknown(service, peer);
        }
        return json ? PeerText.eventsJson(events) : PeerText.events(events);
    }
}
