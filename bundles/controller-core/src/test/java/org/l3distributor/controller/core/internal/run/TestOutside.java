// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.l3distributor.controller.core.internal.flow.Effect;
import org.l3distributor.controller.core.internal.flow.Result;

/** The {@link Outside} for several threads, which can be made to wait. */
public final class TestOutside implements Effects {
    private final Outside outside = new Outside(new Crashes(0), null);
    private CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    /** From now on nothing is done. */
    public synchronized void hold() {
        gate = new CompletableFuture<>();
    }

    public synchronized void release() {
        gate.complete(null);
    }

    @Override
    public CompletionStage<Result> start(Effect effect) {
        CompletableFuture<Void> open;
        synchronized (this) {
            open = gate;
        }
        return open.thenCompose(nothing -> {
            synchronized (this) {
                return outside.start(effect);
            }
        });
    }

    public synchronized Set<String> announced() {
        return new TreeSet<>(outside.announced);
    }

    public synchronized Set<String> instances() {
        return new TreeSet<>(outside.instances);
    }

    /** The different texts that run. */
    public synchronized Set<String> configurations() {
        List<String> texts =
                outside.configured.values().stream().flatMap(Optional::stream).toList();
        return new TreeSet<>(texts);
    }

    public synchronized List<String> done() {
        return List.copyOf(outside.done);
    }
}
