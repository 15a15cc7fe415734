// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;
import org.l3distributor.console.internal.show.OwnVipText;
import org.l3distributor.distributor.amphora.OwnRoutes;
import org.l3distributor.distributor.amphora.OwnVipStatus;

/** What this host serves itself, and what each peer has of it. */
@Service
@Command(
        scope = "vip",
        name = "own",
        description = "VIPs plugged on this host: whether they are served, announced, and why not")
public final class VipOwn extends ApplianceCommand {
    @Override
    protected String answer(Ports ports) throws Exception {
        OwnRoutes routes =
                ports.need(OwnRoutes.class, "nothing here announces VIPs of its own (or it hasn't started yet)");
        List<OwnVipStatus> rows = Answers.await(routes.list());
        return json ? OwnVipText.json(rows) : OwnVipText.table(rows);
    }
}
