// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.l3distributor.console.Answers;
import org.l3distributor.console.CommandRefused;
import org.l3distributor.console.Ports;
import org.l3distributor.console.internal.show.ApplianceText;
import org.l3distributor.distributor.model.NamespaceView;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.service.NamespaceService;
import org.l3distributor.net.IpAddress;

/** A command about one VIP in the load balancer's namespace. */
abstract class VipCommand extends ApplianceCommand {
    @Argument(name = "VIP", description = "The VIP, without prefix length", required = true)
    @Completion(Vips.class)
    String vip = "";

    @Override
    protected final String answer(Ports ports) throws Exception {
        NamespaceView namespace = Answers.done(ask(namespaces(ports), address()));
        return json
                ? ApplianceText.namespaceJson(namespace)
                : ApplianceText.namespaces(List.of(namespace), Instant.now());
    }

    abstract CompletionStage<Outcome<NamespaceView>> ask(NamespaceService service, IpAddress address);

    private IpAddress address() throws CommandRefused {
        try {
            return IpAddress.parse(vip);
        } catch (IllegalArgumentException e) {
            throw new CommandRefused(CommandRefused.line("vip_ip", vip, "must be an IPv4 or IPv6 address"));
        }
    }
}
