// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.util.concurrent.CompletionStage;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.distributor.model.NamespaceView;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.service.NamespaceService;
import org.l3distributor.net.IpAddress;

/** Takes a VIP off lo of the load balancer's namespace. */
@Service
@Command(scope = "netns", name = "unplug", description = "Takes a VIP off lo of the load balancer's namespace")
public final class NetnsUnplug extends VipCommand {
    @Override
    CompletionStage<Outcome<NamespaceView>> ask(NamespaceService service, IpAddress address) {
        return service.unplug(address);
    }
}
