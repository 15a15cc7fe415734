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

/** Unregisters a VIP of a non-amphora endpoint. */
@Service
@Command(scope = "vip", name = "unregister", description = "Withdraws a VIP that no amphora serves")
public final class VipUnregister extends ApplianceCommand {
    @Argument(index = 0, name = "VIP", description = "The anycast VIP", required = true)
    @Completion(Vips.class)
    String vip = "";

    @Argument(index = 1, name = "NEXT_HOP", description = "The next hop that was registered", required = true)
    @Completion(NextHops.class)
    String nextHop = "";

    @Argument(index = 2, name = "PEER", description = "One peer's registration; every one without it")
    @Completion(PeerIds.class)
    @Nullable
    String peer;

    @Override
    protected String answer(Ports ports) throws Exception {
        Removal wish = Answers.done(RegistrationRules.endpointRemoval(vip, nextHop, peer));
        List<RegistrationStatus> removed = Answers.done(distributor(ports).unregister(wish));
        return json ? RegistrationText.removedJson(wish, removed) : RegistrationText.removed(wish, removed);
    }
}
