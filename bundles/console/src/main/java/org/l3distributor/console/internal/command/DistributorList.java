// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Registrations of amphorae, and what each peer has of them. */
@Service
@Command(
        scope = "distributor",
        name = "list",
        description = "Registrations of amphorae, and what each peer has of them")
public final class DistributorList extends ListCommand {
    public DistributorList() {
        super(true);
    }
}
