// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.state;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.Header;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.LoadBalancerTree.PoolTree;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.Pool;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.heartbeat.Heartbeat;

/** A load balancer "lb" with a listener "l", its pool "p" of members "m1" and "m2", and what amphorae say of it. */
final class Tree {
    private Tree() {}

    static LoadBalancerTree of(ProvisioningStatus provisioning, OperatingStatus operating, long version) {
        LoadBalancer made = Things.loadBalancer("lb", "web", "203.0.113.9");
        Header header = header(made.header(), provisioning, operating).withVersion(version);
        Listener listener = Things.listener("l", "lb", 80, "p");
        Pool pool = Things.pool("p", "lb");
        return new LoadBalancerTree(
                made.with(header),
                List.of(listener.with(header(listener.header(), ProvisioningStatus.ACTIVE, operating))),
                List.of(new PoolTree(
                        pool.with(header(pool.header(), ProvisioningStatus.ACTIVE, operating)),
                        List.of(member("m1", operating), member("m2", operating)),
                        null)));
    }

    static LoadBalancerTree active() {
        return of(ProvisioningStatus.ACTIVE, OperatingStatus.OFFLINE, 0);
    }

    private static Member member(String id, OperatingStatus operating) {
        Member made = Things.member(id, "p", "192.0.2." + id.charAt(1));
        return made.with(header(made.header(), ProvisioningStatus.ACTIVE, operating));
    }

    private static Header header(Header header, ProvisioningStatus provisioning, OperatingStatus operating) {
        return header.with(provisioning).with(operating);
    }

    static Heartbeat heartbeat(String amphora, String pool, @Nullable String m1, @Nullable String m2) {
        Map<String, String> members =
                m1 == null || m2 == null ? m1 == null ? Map.of() : Map.of("m1", m1) : Map.of("m1", m1, "m2", m2);
        return new Heartbeat(
                amphora,
                0,
                Map.of("l", new Heartbeat.Listener("OPEN", Heartbeat.Counts.NONE)),
                Map.of("p:l", new Heartbeat.Pool(pool, members)));
    }

    static Opinion says(String pool, @Nullable String m1, @Nullable String m2) {
        return Opinion.of(heartbeat("a", pool, m1, m2));
    }

    static Opinion saysOfListener(String word) {
        return Opinion.of(
                new Heartbeat("a", 0, Map.of("l", new Heartbeat.Listener(word, Heartbeat.Counts.NONE)), Map.of()));
    }
}
