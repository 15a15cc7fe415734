// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.speaker.Delivery;
import org.l3distributor.net.PeerId;

/** What the peers have said about one change so far. Lives on the loop. */
final class Deliveries {
    private final Loop loop;
    private final SortedSet<PeerId> peers;
    private final Map<PeerId, Delivery> told = new HashMap<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private int missing;
    private @Nullable Throwable failure;

    Deliveries(Loop loop, Map<PeerId, CompletionStage<Delivery>> stages) {
        this.loop = loop;
        peers = new TreeSet<>(stages.keySet());
        missing = stages.size();
        stages.forEach((peer, stage) ->
                stage.whenComplete((delivery, error) -> loop.execute(() -> tell(peer, delivery, error))));
    }

    private void tell(PeerId peer, @Nullable Delivery delivery, @Nullable Throwable error) {
        missing--;
        if (delivery != null) {
            told.put(peer, delivery);
        } else if (error != null) {
            failure = error;
        }
        if (missing == 0) {
            List.copyOf(waiting).forEach(Runnable::run);
        }
    }

    /** True when every peer has told. */
    boolean complete() {
        return missing == 0;
    }

    /** Everybody for whom the change was meant, in order. */
    SortedSet<PeerId> peers() {
        return peers;
    }

    /** Throws when the speaker broke its word, which is a bug. */
    void failIfBroken() {
        if (failure != null) {
            throw new IllegalStateException("the speaker could not say what became of a change", failure);
        }
    }

    boolean anyAt(Delivery.State state) {
        return told.values().stream().anyMatch(delivery -> delivery.state() == state);
    }

    /** When the last socket took it, of those that have told so far; empty when none has. */
    Optional<Instant> written() {
        return told.values().stream()
                .flatMap(delivery -> Stream.ofNullable(delivery.at()))
                .max(Comparator.naturalOrder());
    }

    /** The delivery at a peer; null while the peer hasn't taken it, or when it wasn't meant for the peer. */
    @Nullable
    Delivery at(PeerId peer) {
        return told.get(peer);
    }

    /** Runs when every peer has told, however late; at once when all have. */
    void whenComplete(Runnable then) {
        if (complete()) {
            then.run();
        } else {
            waiting.add(then);
        }
    }

    /** Runs once: when every peer has told, or when the bound is over. */
    void await(Duration bound, Consumer<Deliveries> then) {
        if (complete()) {
            then.accept(this);
            return;
        }
        Waiter waiter = new Waiter(then);
        waiter.timer = loop.after(bound, waiter);
        waiting.add(waiter);
    }

    private final class Waiter implements Runnable {
        private final Consumer<Deliveries> then;
        private Loop.@Nullable Cancellable timer;

        Waiter(Consumer<Deliveries> then) {
            this.then = then;
        }

        @Override
        public void run() {
            if (waiting.remove(this)) {
                if (timer != null) {
                    timer.cancel();
                }
                then.accept(Deliveries.this);
            }
        }
    }
}
