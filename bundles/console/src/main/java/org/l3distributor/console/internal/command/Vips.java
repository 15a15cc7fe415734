// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.l3distributor.console.Ports;
import org.l3distributor.distributor.service.NamespaceService;

/** VIPs that are registered or plugged. */
@Service
public final class Vips extends RegistrationCompleter {
    @Override
    protected List<String> words(Ports ports) {
        return Stream.concat(
                        registrations(ports).stream().map(r -> r.vip().toString()),
                        ports.find(NamespaceService.class).stream()
                                .flatMap(service -> service.namespaces().stream())
                                .flatMap(namespace -> namespace.vips().stream())
                                .map(v -> v.vip().toString()))
                .distinct()
                .toList();
    }
}
