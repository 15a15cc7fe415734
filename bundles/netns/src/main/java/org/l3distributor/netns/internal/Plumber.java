// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.NamespaceDescription;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.VipEvent;
import org.l3distributor.netns.VipPlumber;
import org.l3distributor.netns.internal.netlink.Errno;

/** The service over one {@link NamespaceWorker} per namespace. */
public final class Plumber implements VipPlumber, AutoCloseable {
    private final Settings settings;
    private final Function<String, NamespaceKernel> kernels;
    private final Clock clock;
    private final Notifier notifier = new Notifier();
    private final ConcurrentSkipListMap<String, NamespaceWorker> workers = new ConcurrentSkipListMap<>();
    private volatile boolean closed;

    /**
     * @param namespace the default namespace
     * @param create whether namespaces may be made
     * @param stateDirectory where plug states are kept; made when it isn't there
     */
    public record Settings(String namespace, boolean create, Path stateDirectory) {
        public Settings {
            describe(namespace);
        }
    }

    /**
     * Starts with what was plugged before.
     *
     * @throws org.l3distributor.netns.NetnsException when the state directory can't be read
     */
    public Plumber(Settings settings, Function<String, NamespaceKernel> kernels, Clock clock) {
        this.settings = settings;
        this.kernels = kernels;
        this.clock = clock;
        try {
            PlugFile.namespaces(settings.stateDirectory()).forEach(this::worker);
        } catch (IOException e) {
            notifier.close();
            throw Errno.exception("list " + settings.stateDirectory(), settings.namespace(), e);
        }
    }

    @Override
    public String defaultNamespace() {
        return settings.namespace();
    }

    @Override
    public CompletionStage<NamespaceSnapshot> open(String namespace) {
        return submit(namespace, Request.Kind.OPEN, null);
    }

    @Override
    public CompletionStage<NamespaceSnapshot> plug(String namespace, IpAddress vip) {
        return submit(namespace, Request.Kind.PLUG, vip);
    }

    @Override
    public CompletionStage<NamespaceSnapshot> unplug(String namespace, IpAddress vip) {
        return submit(namespace, Request.Kind.UNPLUG, vip);
    }

    private CompletionStage<NamespaceSnapshot> submit(String namespace, Request.Kind kind, @Nullable IpAddress vip) {
        if (closed) {
            return CompletableFuture.failedFuture(new IllegalStateException("the service has stopped"));
        }
        try {
            describe(namespace);
            if (vip != null) {
                VipRules.check(vip);
            }
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
        Request request = Request.of(kind, vip);
        worker(namespace).submit(request);
        return request.answer();
    }

    private NamespaceWorker worker(String namespace) {
        return workers.compute(namespace, (name, present) -> {
            if (present != null && !present.isDead()) {
                return present;
            }
            PlugFile file = new PlugFile(settings.stateDirectory(), name);
            NamespaceWorker fresh = new NamespaceWorker(name, settings.create(), file, kernels, notifier, clock);
            fresh.start();
            return fresh;
        });
    }

    private static NamespaceDescription describe(String namespace) {
        return new NamespaceDescription(namespace, false, Set.of());
    }

    @Override
    public NamespaceSnapshot snapshot(String namespace) {
        NamespaceWorker worker = workers.get(namespace);
        return worker == null ? NamespaceSnapshot.idle(namespace, clock.instant()) : worker.snapshot();
    }

    @Override
    public List<NamespaceSnapshot> snapshots() {
        return workers.values().stream().map(NamespaceWorker::snapshot).toList();
    }

    @Override
    public AutoCloseable listen(Consumer<VipEvent> listener) {
        return notifier.listen(listener);
    }

    /** Ends the threads; every VIP stays where it is. */
    @Override
    public void close() {
        closed = true;
        workers.values().forEach(NamespaceWorker::close);
        notifier.close();
    }
}
