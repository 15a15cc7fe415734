// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Registrations without an amphora, and what each peer has of them. */
@Service
@Command(scope = "vip", name = "list", description = "Registrations without an amphora, and what each peer has of them")
public final class VipList extends ListCommand {
    public VipList() {
        super(false);
    }
}
