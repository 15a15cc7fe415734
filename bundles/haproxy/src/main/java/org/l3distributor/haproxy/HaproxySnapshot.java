// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.l3distributor.net.IpAddress;

/**
 * Every load balancer's HAProxy at one moment.
 *
 * @param loadBalancers by id; those of which a configuration is stored
 */
public record HaproxySnapshot(List<LoadBalancerState> loadBalancers) {
    public HaproxySnapshot {
        loadBalancers = List.copyOf(loadBalancers);
    }

    public Optional<LoadBalancerState> loadBalancer(String id) {
        return loadBalancers.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** Whether some HAProxy serves this address. */
    public boolean serves(IpAddress vip) {
        return loadBalancers.stream().anyMatch(one -> one.serves(vip));
    }

    /** Every address that some running configuration binds, served or not, in order. */
    public Set<IpAddress> addresses() {
        Set<IpAddress> addresses = new TreeSet<>();
        loadBalancers.forEach(one -> addresses.addAll(one.running().addresses()));
        return addresses;
    }

    /** Why nobody serves this address; empty when somebody does, and when nobody is meant to. */
    public Optional<String> fault(IpAddress vip) {
        return serves(vip)
                ? Optional.empty()
                : loadBalancers.stream().flatMap(one -> one.fault(vip).stream()).findFirst();
    }
}
