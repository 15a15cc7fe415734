// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.controller.core.internal.flow.Memo;
import org.l3distributor.controller.core.internal.flow.Write;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.AmphoraHealth;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.l3distributor.distributor.controller.Header;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.LoadBalancerTree.PoolTree;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.store.Rows;
import org.l3distributor.distributor.store.Transaction;

/** Makes a flow's writes in a transaction. */
public final class Writer {
    private final Transaction tx;

    public Writer(Transaction tx) {
        this.tx = tx;
    }

    /** Somebody else changed a row since it was read; the transaction is rolled back by it. */
    static final class Moved extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Moved(String what) {
            super(what);
        }
    }

    void all(List<Write> writes) {
        writes.forEach(this::one);
    }

    private void one(Write write) {
        if (write instanceof Write.Insert insert) {
            tx.amphorae().insert(insert.amphora());
        } else if (write instanceof Write.InsertLike insert) {
            tx.amphorae().insert(insert.amphora());
            for (BgpSpeaker speaker : tx.speakers().of(insert.other())) {
                tx.speakers().assign(speaker.id(), insert.amphora().id());
            }
        } else if (write instanceof Write.UpdateDistributor update) {
            swap(tx.distributors(), update.expected(), update.next());
        } else if (write instanceof Write.RemoveDistributor remove) {
            tx.distributors().delete(remove.distributorId());
        } else if (write instanceof Write.Update update) {
            swap(tx.amphorae(), update.expected(), update.next());
        } else if (write instanceof Write.Remove remove) {
            tx.health().delete(remove.amphoraId());
            tx.amphorae().delete(remove.amphoraId());
        } else if (write instanceof Write.Watch watch) {
            tx.health().heard(List.of(new AmphoraHealth(watch.amphoraId(), tx.now(), false)));
            tx.tasks().hasten(watch.amphoraId()); // a push may wait for it
        } else if (write instanceof Write.Push push) {
            push(push.amphora());
        } else if (write instanceof Write.Replace replace) {
            replace(replace.amphora(), false);
        } else if (write instanceof Write.Settle settle) {
            settle(settle);
        } else if (write instanceof Write.Observe observe) {
            Header header = observe.loadBalancer().header();
            if (header.operating() != observe.operating()) {
                swap(
                        tx.loadBalancers(),
                        observe.loadBalancer(),
                        observe.loadBalancer().with(header.with(observe.operating())));
            }
        } else if (write instanceof Write.Erase erase) {
            erase(erase.tree());
        }
    }

    /**
     * Lets an amphora be replaced, unless that is on its way already.
     *
     * @param keepFirst whether it stays in service until its successor is
     */
    public boolean replace(Amphora amphora, boolean keepFirst) {
        String loadBalancerId = amphora.loadBalancerId();
        if (loadBalancerId == null || !isFree(amphora.id())) {
            return false;
        }
        swap(tx.amphorae(), amphora, amphora.with(ProvisioningStatus.ERROR));
        tx.health().setBusy(amphora.id(), true);
        begin(Kind.AMPHORA_REPLACE, amphora.id(), Memo.replacement(loadBalancerId, keepFirst));
        return true;
    }

    /**
     * Lets a dedicated speaker be replaced, unless that is on its way already.
     *
     * @param keepFirst whether it goes on to announce until its successor does
     */
    public boolean replaceSpeaker(Amphora speaker, boolean keepFirst) {
        String distributorId = speaker.distributorId();
        if (distributorId == null || !isFree(speaker.id())) {
            return false;
        }
        if (!keepFirst) {
            swap(tx.amphorae(), speaker, speaker.with(ProvisioningStatus.ERROR));
        }
        tx.health().setBusy(speaker.id(), true);
        begin(Kind.SPEAKER_REPLACE, speaker.id(), Memo.replacement(distributorId, keepFirst));
        return true;
    }

    /**
     * Whether no task is open for an amphora. A push of its file isn't waited for: it ends here, since it may try in vain for
     * as long as the amphora is there, and whoever takes the amphora's place starts with the file.
     */
    public boolean isFree(String amphoraId) {
        Optional<Task> open = tx.tasks().findOpen(amphoraId);
        if (open.isEmpty() || !open.get().kind().equals(Kind.AMPHORA_PUSH.name())) {
            return open.isEmpty();
        }
        tx.tasks().hasten(amphoraId); // locks it: who has it, if anybody, stays the same
        return tx.tasks()
                .findOpen(amphoraId)
                .map(push -> tx.tasks().save(push.over("something else is done with the amphora", tx.now())))
                .orElse(true);
    }

    /**
     * Has an amphora get its file again. An open push is over only when it has seen what this transaction commits, since its
     * row is locked here. One that is being replaced isn't asked: its successor starts with the new file.
     */
    public void push(Amphora amphora) {
        String owner = amphora.loadBalancerId() == null ? amphora.distributorId() : amphora.loadBalancerId();
        boolean open = tx.tasks().hasten(amphora.id());
        // Not so: a task that ended before its row was locked may have stored a push itself.
        if (owner != null && !open && tx.tasks().findOpen(amphora.id()).isEmpty()) {
            begin(Kind.AMPHORA_PUSH, amphora.id(), Memo.about(owner));
        }
    }

    /** Stores a task; its target must have no open one. */
    public void begin(Kind kind, String targetId, Memo memo) {
        tx.tasks()
                .insert(Task.begin(
                        UUID.randomUUID().toString(), kind.name(), targetId, "RUN", MemoJson.write(memo), tx.now()));
    }

    private void settle(Write.Settle settle) {
        ProvisioningStatus children = settle.children();
        LoadBalancerTree tree = settle.tree();
        for (Listener listener : tree.listeners()) {
            settle(tx.listeners(), listener, listener.header(), listener.id(), children, listener::with);
        }
        for (PoolTree pool : tree.pools()) {
            for (Member member : pool.members()) {
                settle(tx.members(), member, member.header(), member.id(), children, member::with);
            }
            if (pool.monitor() != null) {
                settle(
                        tx.monitors(),
                        pool.monitor(),
                        pool.monitor().header(),
                        pool.monitor().id(),
                        children,
                        pool.monitor()::with);
            }
            settle(tx.pools(), pool.pool(), pool.pool().header(), pool.pool().id(), children, pool.pool()::with);
        }
        Header header = tree.loadBalancer().header();
        swap(
                tx.loadBalancers(),
                tree.loadBalancer(),
                tree.loadBalancer().with(header.with(settle.loadBalancer()).with(settle.operating())));
    }

    private interface WithHeader<T> {
        T with(Header header);
    }

    private static <T> void settle(
            Rows<T> rows, T row, Header header, String id, ProvisioningStatus next, WithHeader<T> with) {
        switch (header.provisioning()) {
            case PENDING_DELETE -> {
                if (next == ProvisioningStatus.ACTIVE) {
                    rows.delete(id);
                } else {
                    swap(rows, row, with.with(header.with(next)));
                }
            }
            case PENDING_CREATE, PENDING_UPDATE -> swap(rows, row, with.with(header.with(next)));
            default -> {} // it wasn't part of the change
        }
    }

    private static <T> void swap(Rows<T> rows, T expected, T next) {
        if (!rows.update(expected, next)) {
            throw new Moved(
                    "a row was changed by somebody else: " + expected.getClass().getSimpleName());
        }
    }

    private void erase(LoadBalancerTree tree) {
        tree.listeners().forEach(l -> tx.listeners().delete(l.id()));
        for (PoolTree pool : tree.pools()) {
            pool.members().forEach(m -> tx.members().delete(m.id()));
            if (pool.monitor() != null) {
                tx.monitors().delete(pool.monitor().id());
            }
            tx.pools().delete(pool.pool().id());
        }
        tx.loadBalancers().delete(tree.loadBalancer().id());
    }
}
