// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;
import org.l3distributor.console.internal.show.RegistrationText;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationRules;
import org.l3distributor.distributor.model.RegistrationStatus;

/** Registers a VIP of a non-amphora endpoint. */
@Service
@Command(scope = "vip", name = "register", description = "Announces a VIP that no amphora serves")
public final class VipRegister extends ApplianceCommand {
    @Argument(index = 0, name = "VIP", description = "The anycast VIP", required = true)
    @Completion(Vips.class)
    String vip = "";

    @Argument(index = 1, name = "NEXT_HOP", description = "The address that takes its traffic", required = true)
    @Completion(NextHops.class)
    String nextHop = "";

    @Argument(index = 2, name = "PEER", description = "One peer; all peers, also later ones, without it")
    @Completion(PeerIds.class)
    @Nullable
    String peer;

    @Override
    protected String answer(Ports ports) throws Exception {
        Registration wish = Answers.done(RegistrationRules.endpoint(vip, nextHop, peer));
        RegistrationStatus status = Answers.done(distributor(ports).register(wish));
        return json ? RegistrationText.oneJson(status) : RegistrationText.one("registered", status);
    }
}
