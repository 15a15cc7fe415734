// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.LoadBalancerTree;

/**
 * The tables as a flow sees them, read at one moment.
 *
 * @param tree the load balancer, empty when there is none (any more)
 * @param amphorae its amphorae that aren't deleted, by id
 * @param distributorId who leads traffic to it
 * @param dedicated whether that has speakers of its own
 * @param profile tells versions of the task's amphora's BGP peer profile from each other; "" where nobody asks
 * @param now the database's clock
 */
public record World(
        Optional<LoadBalancerTree> tree,
        List<Amphora> amphorae,
        String distributorId,
        boolean dedicated,
        String profile,
        Instant now) {
    public World {
        amphorae = List.copyOf(amphorae);
    }

    Optional<Amphora> amphora(String id) {
        return amphorae.stream().filter(a -> a.id().equals(id)).findFirst();
    }
}
