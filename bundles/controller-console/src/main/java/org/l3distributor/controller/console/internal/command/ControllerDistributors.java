// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.console.internal.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;
import org.l3distributor.controller.console.internal.show.ControllerText;

/** Distributors, or one of them. */
@Service
@Command(scope = "controller", name = "distributors", description = "Distributors, or one of them")
public final class ControllerDistributors extends ControllerCommand {
    @Argument(name = "ID", description = "One of them; all without it")
    @Completion(ControllerDistributorIds.class)
    @Nullable
    String id;

    @Override
    protected String answer(Ports ports) throws Exception {
        return id == null
                ? ControllerText.distributors(Answers.done(distributors(ports).list(ALL)), json)
                : ControllerText.distributor(Answers.done(distributors(ports).find(id)), json);
    }
}
