// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.time.Instant;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Ports;
import org.l3distributor.console.internal.show.PeerText;
import org.l3distributor.distributor.model.PeerView;

/** Every session in one table. */
@Service
@Command(scope = "bgp", name = "summary", description = "All BGP sessions, one a line")
public final class BgpSummary extends ApplianceCommand {
    @Override
    protected String answer(Ports ports) throws Exception {
        List<PeerView> peers = peers(ports).peers();
        return json ? PeerText.summaryJson(peers) : PeerText.summary(peers, Instant.now());
    }
}
