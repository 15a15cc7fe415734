// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import org.l3distributor.console.CommandRefused;
import org.l3distributor.console.PortCommand;
import org.l3distributor.console.Ports;
import org.l3distributor.distributor.service.DistributorService;
import org.l3distributor.distributor.service.NamespaceService;
import org.l3distributor.distributor.service.PeerService;
import org.l3distributor.distributor.service.ProfileService;

/** A command that asks the appliance. */
abstract class ApplianceCommand extends PortCommand {
    private static final String NO_SPEAKER =
            "no BGP speaker is installed here (or it hasn't started yet): this needs the role distributor";

    static PeerService peers(Ports ports) throws CommandRefused {
        return ports.need(PeerService.class, NO_SPEAKER);
    }

    static ProfileService profiles(Ports ports) throws CommandRefused {
        return ports.need(ProfileService.class, NO_SPEAKER);
    }

    static DistributorService distributor(Ports ports) throws CommandRefused {
        return ports.need(DistributorService.class, NO_SPEAKER);
    }

    static NamespaceService namespaces(Ports ports) throws CommandRefused {
        return ports.need(
                NamespaceService.class,
                "no namespace service is installed here (or it hasn't started yet): this needs the role amphora");
    }
}
