// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Ports;
import org.l3distributor.distributor.model.Owner;
import org.l3distributor.distributor.model.Registration;

/** Ids of amphorae that have registrations. */
@Service
public final class AmphoraIds extends RegistrationCompleter {
    @Override
    protected List<String> words(Ports ports) {
        return registrations(ports).stream()
                .map(Registration::owner)
                .filter(Owner.Amphora.class::isInstance)
                .map(owner -> ((Owner.Amphora) owner).amphoraId())
                .distinct()
                .toList();
    }
}
