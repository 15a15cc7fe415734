// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Ports;

/** Next hops that are registered. */
@Service
public final class NextHops extends RegistrationCompleter {
    @Override
    protected List<String> words(Ports ports) {
        return registrations(ports).stream()
                .map(registration -> registration.nextHop().toString())
                .distinct()
                .toList();
    }
}
