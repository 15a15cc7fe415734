// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.ArgumentCommandLine;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Outcome;
import org.osgi.framework.BundleContext;

/** Completes with what a port knows at this moment; with nothing while there is no port or no quick answer. */
public abstract class PortCompleter implements Completer {
    private static final int WAIT_MS = 500;

    @Reference
    private @Nullable BundleContext context;

    @Override
    public final int complete(Session session, CommandLine line, List<String> candidates) {
        if (line instanceof ArgumentCommandLine finished) {
            // The shell asks whether an argument before the one that is being typed may stand there. What isn't known
            // yet may.
            candidates.add(finished.getBuffer());
            return 0;
        }
        StringsCompleter strings = new StringsCompleter();
        try (Ports ports = new Ports(Objects.requireNonNull(context))) {
            strings.getStrings().addAll(words(ports));
        }
        return strings.complete(session, line, candidates);
    }

    protected abstract List<String> words(Ports ports);

    /** What a port lists; nothing when the answer isn't there at once. */
    protected static <T> List<T> answered(CompletionStage<Outcome<List<T>>> stage) {
        return stage.toCompletableFuture()
                .thenApply(outcome -> outcome instanceof Outcome.Done<List<T>> done ? done.value() : List.<T>of())
                .copy() // giving up must not complete the port's own
                .completeOnTimeout(List.of(), WAIT_MS, TimeUnit.MILLISECONDS)
                .exceptionally(e -> List.of())
                .join();
    }
}
