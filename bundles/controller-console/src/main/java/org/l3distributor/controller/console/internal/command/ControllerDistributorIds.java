// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.console.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.PortCompleter;
import org.l3distributor.console.Ports;
import org.l3distributor.distributor.controller.DistributorAdminService;
import org.l3distributor.distributor.controller.DistributorView;

/** Ids of distributors. */
@Service
public final class ControllerDistributorIds extends PortCompleter {
    @Override
    protected List<String> words(Ports ports) {
        return ports.find(DistributorAdminService.class).stream()
                .flatMap(service -> answered(service.list(ControllerCommand.ALL)).stream())
                .map(DistributorView::id)
                .toList();
    }
}
