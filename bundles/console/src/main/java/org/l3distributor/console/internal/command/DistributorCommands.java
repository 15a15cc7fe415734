// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;
import org.l3distributor.console.Ports;
import org.l3distributor.console.internal.show.ApplianceText;

/** The appliance's own commands. Karaf's help knows of nothing outside of an interactive console. */
@Service
@Command(
        scope = "distributor",
        name = "commands",
        description = "The appliance's commands; each of them says more with --help")
public final class DistributorCommands extends ApplianceCommand {
    private static final Set<String> SCOPES = Set.of("bgp", "controller", "distributor", "netns", "vip");

    @Reference
    @Nullable
    Session session;

    @Override
    protected String answer(Ports ports) {
        List<ApplianceText.CommandLine> all = Objects.requireNonNull(session).getRegistry().getCommands().stream()
                .filter(command -> SCOPES.contains(command.getScope()))
                .map(command -> new ApplianceText.CommandLine(
                        command.getScope() + ":" + command.getName(), command.getDescription()))
                .sorted(Comparator.comparing(ApplianceText.CommandLine::name))
                .toList();
        return json ? ApplianceText.commandsJson(all) : ApplianceText.commands(all);
    }
}
