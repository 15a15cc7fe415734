// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.console.internal.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Answers;
import org.l3distributor.console.Ports;
import org.l3distributor.controller.console.internal.show.ControllerText;

/** Amphorae that weren't heard of for too long, and what is thought of them. */
@Service
@Command(
        scope = "controller",
        name = "silent",
        description = "Amphorae that weren't heard of for too long, and what is thought of them")
public final class ControllerSilent extends ControllerCommand {
    @Override
    protected String answer(Ports ports) throws Exception {
        return ControllerText.silent(Answers.done(amphorae(ports).silent()), json);
    }
}
