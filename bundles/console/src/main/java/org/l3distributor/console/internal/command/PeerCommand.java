// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.time.Instant;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.l3distributor.console.CommandRefused;
import org.l3distributor.console.internal.show.PeerText;
import org.l3distributor.distributor.model.PeerView;
import org.l3distributor.distributor.service.PeerService;
import org.l3distributor.net.PeerId;

/** A command about one peer. */
abstract class PeerCommand extends ApplianceCommand {
    @Argument(name = "ID", description = "The peer's id", required = true)
    @Completion(PeerIds.class)
    String id = "";

    /** @throws CommandRefused when the text can't be an id */
    static PeerId peerId(String text) throws CommandRefused {
        try {
            return new PeerId(text);
        } catch (IllegalArgumentException e) {
            throw new CommandRefused(
                    CommandRefused.line("peer_id", text, "must be 1..64 letters, digits, '.', '_' or '-'"));
        }
    }

    static CommandRefused unknown(PeerService peers, PeerId id) {
        List<String> known = peers.peers().stream().map(p -> p.id().value()).toList();
        return new CommandRefused(CommandRefused.line(
                "peer_id", id.value(), "is not a configured peer; known are " + String.join(", ", known)));
    }

    String shown(PeerView peer) {
        return json ? PeerText.neighborJson(peer) : PeerText.neighbor(peer, Instant.now());
    }
}
