// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy;

import java.util.List;
import org.l3distributor.net.IpAddress;

/**
 * A frontend of a configuration: Octavia's listener.
 *
 * @param id its name, which is the listener's id
 * @param type what Octavia calls it: the mode in capitals ({@code HTTP}, {@code TCP}), or {@code TERMINATED_HTTPS}
 * @param pools the backends that it may send to, each once; names that are only known at a request are left out
 * @param binds where it listens; addresses that aren't literals (names, sockets of the file system) are left out
 */
public record Frontend(String id, String type, List<String> pools, List<Bind> binds) {
    public Frontend {
        pools = List.copyOf(pools);
        binds = List.copyOf(binds);
    }

    public boolean binds(IpAddress vip) {
        return binds.stream().anyMatch(bind -> bind.covers(vip));
    }
}
