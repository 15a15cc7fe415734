// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.l3distributor.amphora.internal.wanted.Change;
import org.l3distributor.amphora.internal.wanted.Registry;
import org.l3distributor.distributor.model.Registration;

/**
 * Decisions that are part of the wanted state and not durable yet, in order. What was decided on top of them waits for
 * them, even when it changes nothing: an answer must not rest on a state that may be taken back. Lives on the loop.
 */
final class ChangeQueue implements StoreWriter.Listener {
    private record InFlight(Change change, Runnable durable, Consumer<String> failed) {}

    private final Registry registry;
    private final Deque<InFlight> inFlight = new ArrayDeque<>();
    private final StoreWriter writer;
    private final StoreLink link;

    ChangeQueue(Registry registry, StoreWriter writer, StoreLink link) {
        this.registry = registry;
        this.writer = writer;
        this.link = link;
    }

    /** The wanted rows as the store has them: without what is in flight. */
    Collection<Registration> durableRows() {
        Set<Registration> rows = new LinkedHashSet<>(registry.all());
        for (Iterator<InFlight> newestFirst = inFlight.descendingIterator(); newestFirst.hasNext(); ) {
            Change change = newestFirst.next().change;
            change.added().forEach(rows::remove);
            rows.addAll(change.removed());
        }
        return rows;
    }

    /** Makes the change durable, then runs one of the two; the change is taken back before {@code failed} runs. */
    void add(Change change, Runnable durable, Consumer<String> failed) {
        if (change.isEmpty() && inFlight.isEmpty()) {
            durable.run();
            return;
        }
        inFlight.add(new InFlight(change, durable, failed));
        writer.change(change, this);
    }

    @Override
    public void committed(int changes) {
        link.succeeded();
        for (int i = 0; i < changes; i++) {
            inFlight.remove().durable.run();
        }
    }

    @Override
    public void failed(String reason) {
        for (Iterator<InFlight> newestFirst = inFlight.descendingIterator(); newestFirst.hasNext(); ) {
            registry.undo(newestFirst.next().change);
        }
        Deque<InFlight> undone = new ArrayDeque<>(inFlight);
        inFlight.clear();
        writer.resume();
        link.writeFailed(reason);
        undone.forEach(one -> one.failed.accept(reason));
    }
}
