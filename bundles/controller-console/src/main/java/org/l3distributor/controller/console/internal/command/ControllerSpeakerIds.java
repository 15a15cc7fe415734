// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.console.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.PortCompleter;
import org.l3distributor.console.Ports;
import org.l3distributor.distributor.controller.BgpProfileService;
import org.l3distributor.distributor.controller.BgpSpeakerView;

/** Ids of speakers. */
@Service
public final class ControllerSpeakerIds extends PortCompleter {
    @Override
    protected List<String> words(Ports ports) {
        return ports.find(BgpProfileService.class).stream()
                .flatMap(service -> answered(service.speakers(ControllerCommand.ALL)).stream())
                .map(BgpSpeakerView::id)
                .toList();
    }
}
