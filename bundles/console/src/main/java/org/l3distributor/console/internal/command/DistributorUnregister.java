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
import org.l3distributor.console.internal.show.RegistrationText;
import org.l3distributor.distributor.model.RegistrationRules;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.model.Removal;

/** Unregisters a VIP of an amphora. */
@Service
@Command(scope = "distributor", name = "unregister", description = "Withdraws an amphora's VIP")
public final class DistributorUnregister extends ApplianceCommand {
    @Argument(index = 0, name = "AMPHORA_ID", description = "The amphora that it was registered for", required = true)
    @Completion(AmphoraIds.class)
    String amphora = "";

    @Argument(index = 1, name = "VIP", description = "The anycast VIP", required = true)
    @Completion(Vips.class)
    String vip = "";

    @Argument(index = 2, name = "NEXT_HOP", description = "The next hop that was registered", required = true)
    @Completion(NextHops.class)
    String nextHop = "";

    @Argument(index = 3, name = "PEER", description = "One peer's registration; every one without it")
    @Completion(PeerIds.class)
    @Nullable
    String peer;

    @Override
    protected String answer(Ports ports) throws Exception {
        Removal wish = Answers.done(RegistrationRules.amphoraRemoval(amphora, vip, nextHop, peer));
        List<RegistrationStatus> removed = Answers.done(distributor(ports).unregister(wish));
        return json ? RegistrationText.removedJson(wish, removed) : RegistrationText.removed(wish, removed);
    }
}
