// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.console.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.PortCompleter;
import org.l3distributor.console.Ports;
import org.l3distributor.distributor.controller.AmphoraService;
import org.l3distributor.distributor.controller.AmphoraView;

/** Ids of amphorae. */
@Service
public final class ControllerAmphoraIds extends PortCompleter {
    @Override
    protected List<String> words(Ports ports) {
        return ports.find(AmphoraService.class).stream()
                .flatMap(service -> answered(service.list(ControllerCommand.ALL)).stream())
                .map(AmphoraView::id)
                .toList();
    }
}
