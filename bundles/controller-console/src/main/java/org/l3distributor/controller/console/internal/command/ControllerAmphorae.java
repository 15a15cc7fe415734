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

/** Amphorae, or one of them. */
@Service
@Command(scope = "controller", name = "amphorae", description = "Amphorae, or one of them")
public final class ControllerAmphorae extends ControllerCommand {
    @Argument(name = "ID", description = "One of them; all without it")
    @Completion(ControllerAmphoraIds.class)
    @Nullable
    String id;

    @Override
    protected String answer(Ports ports) throws Exception {
        return id == null
                ? ControllerText.amphorae(Answers.done(amphorae(ports).list(ALL)), json)
                : ControllerText.amphora(Answers.done(amphorae(ports).find(id)), json);
    }
}
