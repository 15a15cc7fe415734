// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.util.List;
import java.util.stream.Stream;
import org.l3distributor.console.PortCompleter;
import org.l3distributor.console.Ports;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.service.DistributorService;

/** Completes with parts of what is registered. */
abstract class RegistrationCompleter extends PortCompleter {
    private static final int SCREEN = 200;

    /** Registrations of both kinds, as many as a screen could show; none when the answer isn't there at once. */
    static List<Registration> registrations(Ports ports) {
        return ports.find(DistributorService.class).stream()
                .flatMap(service -> Stream.of(true, false).map(kind -> service.list(kind, SCREEN, null)))
                .flatMap(stage -> answered(stage).stream())
                .map(RegistrationStatus::registration)
                .toList();
    }
}
