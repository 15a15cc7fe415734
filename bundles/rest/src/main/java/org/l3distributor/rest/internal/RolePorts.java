// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.l3distributor.distributor.amphora.LoadBalancerService;
import org.l3distributor.distributor.amphora.PlugService;

/**
 * Which ports of the amphora API the installed roles bring, and which of them stand. A role is what is installed: a
 * bundle says in its manifest which services it will register (OSGi Compendium 8, 135.4: {@code osgi.service}). Until
 * those stand, a load balancer's calls would be answered as if this were no amphora, and the Octavia controller gives
 * up at such an answer, whereas it tries a closed port again. Safe from any thread.
 */
final class RolePorts {
    private static final Set<String> PORTS = Set.of(LoadBalancerService.class.getName(), PlugService.class.getName());

    private final Map<Long, Set<String>> announced = new HashMap<>();
    private final Set<String> standing = new HashSet<>();

    /** @param objectClasses those of the bundle's {@code osgi.service} capabilities */
    synchronized void installed(long bundle, Collection<?> objectClasses) {
        Set<String> ports = new HashSet<>();
        for (Object classes : objectClasses) {
            List<?> names = classes instanceof List<?> list ? list : List.of(classes);
            names.forEach(name -> ports.add(String.valueOf(name)));
        }
        ports.retainAll(PORTS);
        announced.put(bundle, ports);
    }

    synchronized void uninstalled(long bundle) {
        announced.remove(bundle);
    }

    synchronized void arrived(Class<?> port) {
        standing.add(port.getName());
    }

    synchronized void left(Class<?> port) {
        standing.remove(port.getName());
    }

    /** True when every port that an installed bundle brings stands. */
    synchronized boolean complete() {
        return announced.values().stream().allMatch(standing::containsAll);
    }
}
