// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.time.Instant;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.l3distributor.console.CommandRefused;
import org.l3distributor.console.Ports;
import org.l3distributor.console.internal.show.ApplianceText;
import org.l3distributor.distributor.model.NamespaceView;

/** Namespaces as last seen. */
@Service
@Command(scope = "netns", name = "show", description = "Namespaces with their VIPs, links and addresses")
public final class NetnsShow extends ApplianceCommand {
    @Argument(name = "NAME", description = "One namespace; all without it")
    @Nullable
    String name;

    @Override
    protected String answer(Ports ports) throws Exception {
        List<NamespaceView> found = namespaces(ports).namespaces().stream()
                .filter(n -> name == null || n.name().equals(name))
                .toList();
        if (name != null && found.isEmpty()) {
            throw new CommandRefused(CommandRefused.line("NAME", name, "nothing was ever plugged in such a namespace"));
        }
        return json ? ApplianceText.namespacesJson(found) : ApplianceText.namespaces(found, Instant.now());
    }
}
