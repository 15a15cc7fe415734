// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.beat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.l3distributor.controller.core.internal.health.HealthMachine.Known;
import org.l3distributor.controller.core.internal.state.Lead;
import org.l3distributor.controller.core.internal.state.Outlook;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.LoadBalancerTree.PoolTree;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.Pool;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.Transaction;

/**
 * What heartbeats are judged by, read at one moment.
 *
 * @param known the amphorae in service, and how many listeners each should run
 * @param listeners the ids of all listeners
 * @param places the load balancers whose states heartbeats tell
 */
record Tables(Map<String, Known> known, Set<String> listeners, List<Outlook.Place> places) {
    static final Tables NONE = new Tables(Map.of(), Set.of(), List.of());

    private static final Set<ProvisioningStatus> COMING_OR_GOING = EnumSet.of(
            ProvisioningStatus.PENDING_CREATE, ProvisioningStatus.PENDING_DELETE, ProvisioningStatus.DELETED);

    /** @param silence after so long without a word a speaker that was declared dead isn't relied on */
    static Tables read(Transaction tx, Duration silence) {
        Map<String, List<Listener>> listeners = new HashMap<>();
        Set<String> listenerIds = new HashSet<>();
        for (Listener listener : tx.listeners().page(Query.all())) {
            listenerIds.add(listener.id());
            put(listeners, listener.loadBalancerId(), listener);
        }
        Map<String, List<Member>> members = new HashMap<>();
        tx.members().page(Query.all()).forEach(member -> put(members, member.poolId(), member));
        Map<String, List<PoolTree>> pools = new HashMap<>();
        for (Pool pool : tx.pools().page(Query.all())) {
            put(pools, pool.loadBalancerId(), new PoolTree(pool, members.getOrDefault(pool.id(), List.of()), null));
        }
        List<Amphora> amphorae = tx.amphorae().page(Query.where("status", ProvisioningStatus.ALLOCATED.name()));
        Map<String, Set<String>> serving = new HashMap<>();
        for (Amphora amphora : amphorae) {
            if (amphora.loadBalancerId() != null) {
                serving.computeIfAbsent(amphora.loadBalancerId(), id -> new HashSet<>())
                        .add(amphora.id());
            }
        }
        Map<String, Lead> lacking = Leads.lacking(tx, tx.now().minus(silence));
        Map<String, Known> settled = new HashMap<>();
        List<Outlook.Place> places = new ArrayList<>();
        for (LoadBalancer loadBalancer : tx.loadBalancers().page(Query.all())) {
            String id = loadBalancer.id();
            List<Listener> own = listeners.getOrDefault(id, List.of());
            settled.put(id, known(loadBalancer, own));
            if (!COMING_OR_GOING.contains(loadBalancer.header().provisioning())) {
                places.add(new Outlook.Place(
                        new LoadBalancerTree(loadBalancer, own, pools.getOrDefault(id, List.of())),
                        serving.getOrDefault(id, Set.of()),
                        lacking.getOrDefault(id, Lead.THERE)));
            }
        }
        Known unknown = new Known(Optional.empty());
        Map<String, Known> known = new HashMap<>();
        amphorae.forEach(amphora ->
                known.put(amphora.id(), settled.getOrDefault(String.valueOf(amphora.loadBalancerId()), unknown)));
        return new Tables(known, listenerIds, places);
    }

    private static <T> void put(Map<String, List<T>> lists, String key, T value) {
        lists.computeIfAbsent(key, id -> new ArrayList<>()).add(value);
    }

    private static Known known(LoadBalancer loadBalancer, List<Listener> listeners) {
        boolean counts = loadBalancer.header().provisioning() == ProvisioningStatus.ACTIVE
                && loadBalancer.header().enabled();
        // One in error may run on some amphorae and not on others: then nobody knows how many are right.
        boolean sure = listeners.stream().noneMatch(l -> l.header().provisioning() == ProvisioningStatus.ERROR);
        long enabled = listeners.stream().filter(l -> l.header().enabled()).count();
        return new Known(counts && sure ? Optional.of((int) enabled) : Optional.empty());
    }
}
