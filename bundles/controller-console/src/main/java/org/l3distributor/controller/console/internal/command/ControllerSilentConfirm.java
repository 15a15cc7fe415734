// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.console.internal.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;
import org.l3distributor.controller.console.internal.show.ControllerText;

/** Says that all amphorae that are silent now are dead: they are replaced. */
@Service
@Command(
        scope = "controller",
        name = "silent-confirm",
        description = "Says that all amphorae that are silent now are dead: they are replaced")
public final class ControllerSilentConfirm extends ControllerCommand {
    @Override
    protected String answer(Ports ports) throws Exception {
        return ControllerText.silent(Answers.done(amphorae(ports).confirmSilent()), json);
    }
}
