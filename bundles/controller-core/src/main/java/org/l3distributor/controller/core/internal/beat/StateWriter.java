// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.beat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.l3distributor.controller.core.internal.run.Snapshots;
import org.l3distributor.controller.core.internal.state.Lead;
import org.l3distributor.controller.core.internal.state.Outlook;
import org.l3distributor.controller.core.internal.state.Verdicts;
import org.l3distributor.distributor.controller.Header;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.Rows;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.Transaction;

/**
 * Writes the operating states that have changed, those of several load balancers in one transaction. Each is locked, as for
 * every change of what belongs to it, and is looked at as it is then. For one thread.
 */
final class StateWriter {
    /** So many load balancers are locked at once. */
    private static final int BATCH = 20;

    private final ControllerStore store;
    private final Duration silence;

    /** @param silence as of {@link Tables#read} */
    StateWriter(ControllerStore store, Duration silence) {
        this.store = store;
        this.silence = silence;
    }

    /**
     * Writes what is due.
     *
     * @param outlook what wasn't written stays due there
     * @return the ids of load balancers that were changed since the outlook was told what there is
     */
    List<String> write(Outlook outlook, Instant now) throws StoreException {
        List<String> due = outlook.due(now);
        List<String> moved = new ArrayList<>();
        for (int from = 0; from < due.size(); from += BATCH) {
            List<String> batch = due.subList(from, Math.min(from + BATCH, due.size()));
            List<String> written = store.in(tx -> batch.stream()
                    .filter(id -> write(tx, id, outlook.of(id, now)))
                    .toList());
            written.forEach(outlook::written);
            batch.stream().filter(id -> !written.contains(id)).forEach(moved::add);
        }
        return moved;
    }

    /** Whether it is as it should be now; not when it was changed meanwhile. */
    private boolean write(Transaction tx, String id, Outlook.Due due) {
        Optional<LoadBalancer> locked = tx.loadBalancers().lock(id);
        if (locked.isEmpty() || locked.get().header().version() != due.version()) {
            return false;
        }
        LoadBalancerTree tree = Snapshots.tree(tx, locked.get());
        Map<String, OperatingStatus> verdicts = Verdicts.of(tree, due.opinions());
        tree.listeners().forEach(l -> write(tx.listeners(), l, l.header(), verdicts, l::with));
        tree.pools().forEach(pool -> {
            pool.members().forEach(m -> write(tx.members(), m, m.header(), verdicts, m::with));
            write(tx.pools(), pool.pool(), pool.pool().header(), verdicts, pool.pool()::with);
        });
        long serving = Snapshots.amphorae(tx, id).stream()
                .filter(a -> a.status() == ProvisioningStatus.ALLOCATED)
                .count();
        Lead lead = Leads.of(tx, id, tx.now().minus(silence));
        Verdicts.whole(locked.get(), (int) serving, lead)
                .ifPresent(whole -> write(
                        tx.loadBalancers(),
                        locked.get(),
                        locked.get().header(),
                        Map.of(id, whole),
                        locked.get()::with));
        return true;
    }

    private interface WithHeader<T> {
        T with(Header header);
    }

    private static <T> void write(
            Rows<T> rows, T row, Header header, Map<String, OperatingStatus> verdicts, WithHeader<T> with) {
        OperatingStatus next = verdicts.getOrDefault(header.id(), header.operating());
        if (next != header.operating() && !rows.update(row, with.with(header.with(next)))) {
            throw new IllegalStateException("changed under the lock of its load balancer: " + header.id());
        }
    }
}
