// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.FrontEndPlug;
import org.l3distributor.netns.InterfaceEvent;
import org.l3distributor.netns.InterfacePlumber;
import org.l3distributor.netns.LinkTraffic;
import org.l3distributor.netns.ListeningSocket;
import org.l3distributor.netns.MacAddress;
import org.l3distributor.netns.NamespaceDescription;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.NamespaceSockets;
import org.l3distributor.netns.NetworkPlug;
import org.l3distributor.netns.PluggedInterface;
import org.l3distributor.netns.VipEvent;
import org.l3distributor.netns.VipPlumber;
import org.l3distributor.netns.internal.netlink.Errno;

/** The service over one {@link NamespaceWorker} per namespace. */
public final class Plumber implements VipPlumber, InterfacePlumber, NamespaceSockets, AutoCloseable {
    private final Settings settings;
    private final Function<String, NamespaceKernel> kernels;
    private final Clock clock;
    private final Notifier notifier = new Notifier("netns-notify");
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
        CompletableFuture<NamespaceSnapshot> answer = new CompletableFuture<>();
        return submit(namespace, answer, () -> new Request.Open(answer));
    }

    @Override
    public CompletionStage<NamespaceSnapshot> plug(String namespace, IpAddress vip) {
        CompletableFuture<NamespaceSnapshot> answer = new CompletableFuture<>();
        return submit(namespace, answer, () -> new Request.PlugVip(VipRules.checked(vip), answer));
    }

    @Override
    public CompletionStage<NamespaceSnapshot> unplug(String namespace, IpAddress vip) {
        CompletableFuture<NamespaceSnapshot> answer = new CompletableFuture<>();
        return submit(namespace, answer, () -> new Request.UnplugVip(VipRules.checked(vip), answer));
    }

    @Override
    public CompletionStage<PluggedInterface> plugFrontEnd(String namespace, FrontEndPlug plug) {
        CompletableFuture<PluggedInterface> answer = new CompletableFuture<>();
        return submit(namespace, answer, () -> {
            plug.vips().forEach(VipRules::checked);
            return new Request.PlugInterface(
                    true, plug.mac(), plug.mtu(), plug.networks(), plug.hostRoutes(), plug.vips(), answer);
        });
    }

    @Override
    public CompletionStage<PluggedInterface> plugNetwork(String namespace, NetworkPlug plug) {
        CompletableFuture<PluggedInterface> answer = new CompletableFuture<>();
        return submit(
                namespace,
                answer,
                () -> new Request.PlugInterface(
                        false, plug.mac(), plug.mtu(), plug.networks(), plug.hostRoutes(), Set.of(), answer));
    }

    @Override
    public CompletionStage<NamespaceSnapshot> unplugInterface(String namespace, MacAddress mac) {
        CompletableFuture<NamespaceSnapshot> answer = new CompletableFuture<>();
        return submit(namespace, answer, () -> new Request.UnplugInterface(mac, answer));
    }

    private <T> CompletionStage<T> submit(String namespace, CompletableFuture<T> answer, Supplier<Request> request) {
        return checked(namespace, () -> {
            Request wish = request.get(); // first, so that a bad one leaves no worker behind
            worker(namespace).submit(wish);
            return answer;
        });
    }

    @Override
    public CompletionStage<Set<ListeningSocket>> listening(String namespace) {
        return checked(namespace, () -> worker(namespace).ask(NamespaceKernel::listening));
    }

    @Override
    public CompletionStage<Map<String, LinkTraffic>> traffic(String namespace) {
        return checked(namespace, () -> worker(namespace).ask(NamespaceKernel::traffic));
    }

    @Override
    public CompletionStage<Set<IpAddress>> greetGateways(String namespace, Set<IpAddress> nextHops) {
        return checked(
                namespace,
                () -> worker(namespace).ask(kernel -> {
                    Set<Greeting> greetings = Greeting.all(snapshot(namespace), nextHops);
                    greetings.forEach(one -> kernel.greet(one.from(), one.gateway()));
                    return greetings.stream().map(Greeting::from).collect(Collectors.toUnmodifiableSet());
                }));
    }

    private <T> CompletionStage<T> checked(String namespace, Supplier<CompletionStage<T>> call) {
        if (closed) {
            return CompletableFuture.failedFuture(new IllegalStateException("the service has stopped"));
        }
        try {
            describe(namespace);
            return call.get();
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
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
        return new NamespaceDescription(namespace, false, Set.of(), List.of());
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

    @Override
    public AutoCloseable listenInterfaces(Consumer<InterfaceEvent> listener) {
        return notifier.listenInterfaces(listener);
    }

    /** Ends the threads; every VIP and interface stays where it is. */
    @Override
    public void close() {
        closed = true;
        workers.values().forEach(NamespaceWorker::close);
        notifier.close();
    }
}
