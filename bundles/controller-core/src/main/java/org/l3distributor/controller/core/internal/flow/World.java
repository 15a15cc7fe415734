// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.l3distributor.controller.core.internal.state.Lead;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.LoadBalancerTree;

/**
 * The tables as a flow sees them, read at one moment.
 *
 * @param tree the load balancer, empty when there is none (any more), or when the task isn't about one
 * @param amphorae its amphorae that aren't deleted, by id; of a task about a distributor, its speakers; and the task's target
 * @param distributorId who leads traffic to it; "" where nobody does
 * @param distributor its row
 * @param lead whether anybody leads traffic to the load balancer; the health manager knows better who of them is dead
 * @param led the load balancers that it has VIPs of, by id; empty unless the task is about it
 * @param speaking those of the amphorae that go, for which a driver keeps routes: their rows can't be deleted
 * @param profile tells versions of the task's amphora's BGP peer profile from each other; "" where nobody asks
 * @param now the database's clock
 */
public record World(
        Optional<LoadBalancerTree> tree,
        List<Amphora> amphorae,
        String distributorId,
        Optional<Distributor> distributor,
        Lead lead,
        List<String> led,
        Set<String> speaking,
        String profile,
        Instant now) {
    public World {
        amphorae = List.copyOf(amphorae);
        led = List.copyOf(led);
        speaking = Set.copyOf(speaking);
    }

    Optional<Amphora> amphora(String id) {
        return amphorae.stream().filter(a -> a.id().equals(id)).findFirst();
    }

    /** Whether it has speakers of its own. */
    boolean dedicated() {
        return distributor.map(Distributor::dedicated).orElse(false);
    }

    /** Its driver's type; "" where there is none of it. */
    String driver() {
        return distributor.map(Distributor::type).orElse("");
    }
}
