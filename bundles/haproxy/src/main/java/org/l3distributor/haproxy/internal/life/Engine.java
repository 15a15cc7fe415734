// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.l3distributor.haproxy.CertificateResult;
import org.l3distributor.haproxy.Haproxy;
import org.l3distributor.haproxy.HaproxyConfiguration;
import org.l3distributor.haproxy.HaproxyEvent;
import org.l3distributor.haproxy.HaproxySnapshot;
import org.l3distributor.haproxy.Held;
import org.l3distributor.haproxy.LoadBalancerState;
import org.l3distributor.haproxy.RunResult;
import org.l3distributor.haproxy.Statistics;
import org.l3distributor.haproxy.StoredConfiguration;
import org.l3distributor.haproxy.UploadResult;
import org.l3distributor.haproxy.internal.config.Names;
import org.l3distributor.haproxy.internal.statistics.StatisticsReader;

/** The service over one {@link Keeper} per load balancer. */
public final class Engine implements Haproxy, AutoCloseable {
    /** The first start of a program may wait for a disk that the whole host boots from. */
    private static final Duration ASK = Duration.ofSeconds(10);

    private static final Pattern VERSION = Pattern.compile("^HA-?Proxy version (\\S+)", Pattern.MULTILINE);

    private final Tools tools;
    private final Threads threads;
    private final Uploads uploads;
    private final HostPrograms host = new HostPrograms();
    private final ConcurrentSkipListMap<String, Keeper> keepers = new ConcurrentSkipListMap<>();
    private final List<Consumer<HaproxyEvent>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Finds what runs and starts what should run; that goes on after the constructor returns.
     *
     * @param probe how often each HAProxy is asked whether it is alive
     */
    Engine(Tools tools, Threads threads, Duration probe) {
        this.tools = tools;
        this.threads = threads;
        this.uploads = new Uploads(tools.store(), tools.programs(), tools.command(), tools.log());
        tools.store().loadBalancers().forEach(id -> keeper(id).resume());
        Future<?> unused = threads.timer()
                .scheduleWithFixedDelay(this::probe, probe.toMillis(), probe.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Keeper keeper(String id) {
        return keepers.computeIfAbsent(
                id, name -> new Keeper(name, tools, wanted -> holder(name, wanted), this::changed));
    }

    /**
     * Which other load balancer has one of these binds. HAProxies of one user may bind the same address and port, and the
     * kernel then spreads connections over them: each would answer for the other.
     */
    private Optional<String> holder(String id, HaproxyConfiguration wanted) {
        return snapshot().loadBalancers().stream()
                .filter(other -> !other.id().equals(id))
                .flatMap(other -> wanted.sharedWith(other.running()).stream()
                        .map(bind -> bind + " is in use by load balancer " + other.id()))
                .findFirst();
    }

    private void probe() {
        keepers.values().forEach(keeper -> threads.pool().execute(keeper::probe));
    }

    @Override
    public CompletionStage<UploadResult> upload(String loadBalancer, String amphora, byte[] configuration) {
        byte[] bytes = configuration.clone();
        if (!Names.isLoadBalancer(loadBalancer)) {
            return CompletableFuture.completedFuture(uploads.upload(loadBalancer, amphora, bytes));
        }
        Keeper keeper = keeper(loadBalancer);
        return submit(keeper, () -> {
            UploadResult result = uploads.upload(loadBalancer, amphora, bytes);
            if (result instanceof UploadResult.Stored stored) {
                keeper.stored(stored.configuration().content());
            }
            return result;
        });
    }

    @Override
    public Optional<StoredConfiguration> configuration(String loadBalancer) {
        return tools.store().configuration(loadBalancer);
    }

    @Override
    public CompletionStage<RunResult> start(String loadBalancer) {
        return order(loadBalancer, Orders::start);
    }

    @Override
    public CompletionStage<RunResult> reload(String loadBalancer) {
        return order(loadBalancer, Orders::reload);
    }

    @Override
    public CompletionStage<Optional<RunResult.Failed>> refusal(String loadBalancer) {
        if (!tools.store().has(loadBalancer)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Keeper keeper = keeper(loadBalancer);
        return submit(keeper, keeper::refusal);
    }

    @Override
    public CompletionStage<RunResult> stop(String loadBalancer) {
        return order(loadBalancer, Orders::stop);
    }

    @Override
    public CompletionStage<RunResult> delete(String loadBalancer) {
        return keepers.containsKey(loadBalancer)
                ? order(loadBalancer, Orders::delete)
                : CompletableFuture.completedFuture(new RunResult.Done(""));
    }

    private CompletionStage<RunResult> order(String loadBalancer, Function<Orders, RunResult> order) {
        if (!Names.isLoadBalancer(loadBalancer)) {
            return CompletableFuture.completedFuture(new RunResult.Unknown(loadBalancer));
        }
        Keeper keeper = keepers.get(loadBalancer);
        if (keeper == null) { // nothing was ever stored of it, and nothing is made of what somebody makes up
            return CompletableFuture.completedFuture(new RunResult.Unknown(loadBalancer));
        }
        try {
            return keeper.order(order);
        } catch (RejectedExecutionException e) {
            return stopped(e);
        }
    }

    @Override
    public CompletionStage<CertificateResult> putCertificate(String loadBalancer, String name, byte[] content) {
        byte[] bytes = content.clone();
        return certificate(loadBalancer, name, () -> tools.store().putCertificate(loadBalancer, name, bytes));
    }

    @Override
    public CompletionStage<CertificateResult> certificate(String loadBalancer, String name) {
        return certificate(loadBalancer, name, () -> tools.store().certificate(loadBalancer, name));
    }

    @Override
    public CompletionStage<CertificateResult> deleteCertificate(String loadBalancer, String name) {
        return certificate(loadBalancer, name, () -> tools.store().deleteCertificate(loadBalancer, name));
    }

    private CompletionStage<CertificateResult> certificate(
            String loadBalancer, String name, Supplier<CertificateResult> work) {
        return Names.isLoadBalancer(loadBalancer) && Names.isCertificate(name)
                ? submit(keeper(loadBalancer), work)
                : CompletableFuture.completedFuture(new CertificateResult.BadName(name));
    }

    private static <T> CompletionStage<T> submit(Keeper keeper, Supplier<T> work) {
        try {
            return keeper.submit(work);
        } catch (RejectedExecutionException e) {
            return stopped(e);
        }
    }

    private static <T> CompletionStage<T> stopped(RejectedExecutionException why) {
        return CompletableFuture.failedFuture(new IllegalStateException("the service has stopped", why));
    }

    @Override
    public HaproxySnapshot snapshot() {
        List<LoadBalancerState> states = new ArrayList<>();
        keepers.values().forEach(keeper -> keeper.show().ifPresent(states::add));
        return new HaproxySnapshot(states);
    }

    @Override
    public AutoCloseable listen(Consumer<HaproxyEvent> listener) {
        // A wrapper of its own each time, so that listening twice and ending once leaves one.
        Consumer<HaproxyEvent> own = event -> listener.accept(event);
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    /** At once, for it may be a death, and somebody has a route to withdraw. One at a time: what is told last is newest. */
    private void changed(Instant seen) {
        synchronized (listeners) {
            HaproxyEvent event = new HaproxyEvent(seen, snapshot());
            listeners.forEach(listener -> tell(listener, event));
        }
    }

    private void tell(Consumer<HaproxyEvent> listener, HaproxyEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            tools.log().listenerFailed(e);
        }
    }

    @Override
    public CompletionStage<Optional<Statistics>> statistics(String loadBalancer) {
        Keeper keeper = keepers.get(loadBalancer);
        boolean runs = keeper != null
                && keeper.show().filter(state -> state.workerPid() != 0).isPresent();
        return keeper == null || !runs
                ? CompletableFuture.completedFuture(Optional.empty())
                : CompletableFuture.supplyAsync(() -> ask(keeper), threads.pool());
    }

    private static Optional<Statistics> ask(Keeper keeper) {
        try {
            String answer = keeper.ask("show info;show stat -1 -1 -1");
            int end = answer.indexOf("\n\n");
            OptionalLong pid = StatisticsReader.workerPid(answer);
            return end < 0 || pid.isEmpty()
                    ? Optional.empty()
                    : Optional.of(StatisticsReader.read(pid.getAsLong(), answer.substring(end + 2)));
        } catch (IOException e) {
            return Optional.empty(); // the probe says so, too
        }
    }

    @Override
    public CompletionStage<Optional<Held>> held(String loadBalancer) {
        Keeper keeper = keepers.get(loadBalancer);
        return keeper == null
                ? CompletableFuture.completedFuture(Optional.of(Held.NOTHING))
                : CompletableFuture.supplyAsync(() -> held(keeper), threads.pool());
    }

    /** Who answered is looked for among the workers afterwards: one that takes over meanwhile makes one more old one. */
    private Optional<Held> held(Keeper keeper) {
        Optional<LoadBalancerState> shown = keeper.show();
        if (shown.isEmpty() || shown.get().state() == LoadBalancerState.State.STOPPED) {
            return Optional.of(Held.NOTHING);
        }
        return shown.get().workerPid() == 0
                ? Optional.empty()
                : ask(keeper).flatMap(said -> {
                    List<Long> workers = tools.processes().workers(shown.get().masterPid());
                    long connections = said.listeners().stream()
                            .mapToLong(Statistics.Listener::connections)
                            .sum();
                    return workers.contains(said.workerPid())
                            ? Optional.of(new Held(Math.toIntExact(connections), workers.size() - 1))
                            : Optional.empty();
                });
    }

    @Override
    public CompletionStage<Optional<String>> version() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        Matcher found = VERSION.matcher(
                                host.run(tools.command().version(), ASK).output());
                        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
                    } catch (IOException e) {
                        return Optional.empty(); // there is none
                    }
                },
                threads.pool());
    }

    /** Ends the threads; every HAProxy goes on. */
    @Override
    public void close() {
        threads.close();
        keepers.values().forEach(Keeper::close);
    }
}
