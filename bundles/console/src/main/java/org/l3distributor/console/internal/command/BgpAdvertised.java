// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;
import org.l3distributor.console.internal.show.PeerText;
import org.l3distributor.distributor.model.AdvertisedView;
import org.l3distributor.net.PeerId;

/** What is in the Adj-RIB-Out. */
@Service
@Command(scope = "bgp", name = "advertised", description = "Routes sent to one peer, or to all")
public final class BgpAdvertised extends ApplianceCommand {
    @Argument(name = "ID", description = "The peer's id; all peers without it")
    @Completion(PeerIds.class)
    @Nullable
    String id;

    @Override
    protected String answer(Ports ports) throws Exception {
        PeerId peer = id == null ? null : PeerCommand.peerId(id);
        List<AdvertisedView> routes = Answers.done(peers(ports).advertised(peer));
        return json ? PeerText.advertisedJson(routes) : PeerText.advertised(routes);
    }
}
