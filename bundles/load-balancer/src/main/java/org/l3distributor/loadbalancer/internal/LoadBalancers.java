// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.HeldConnections;
import org.l3distributor.distributor.amphora.LoadBalancerService;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.haproxy.CertificateResult;
import org.l3distributor.haproxy.Haproxy;
import org.l3distributor.haproxy.HaproxyConfiguration;
import org.l3distributor.haproxy.HaproxySnapshot;
import org.l3distributor.haproxy.LoadBalancerState;
import org.l3distributor.haproxy.RunResult;
import org.l3distributor.haproxy.StoredConfiguration;
import org.l3distributor.haproxy.UploadResult;
import org.l3distributor.net.IpAddress;

/**
 * The order of things: a VIP that loses its last frontend is withdrawn, in writing, before HAProxy is told to drop it;
 * one that gains its first is announced when HAProxy was seen to answer for it.
 */
final class LoadBalancers implements LoadBalancerService {
    private final Haproxy haproxy;
    private final ServedVips served;
    private final Executor disk;
    private final AtomicReference<Set<Long>> workers = new AtomicReference<>(Set.of());
    private volatile @Nullable String version;

    /** @param disk where files are read */
    LoadBalancers(Haproxy haproxy, ServedVips served, Executor disk) {
        this.haproxy = haproxy;
        this.served = served;
        this.disk = disk;
    }

    /** To be called with each change: a worker that is new may be that of a newer program. */
    void seen(HaproxySnapshot snapshot) {
        Set<Long> now = snapshot.loadBalancers().stream()
                .map(LoadBalancerState::workerPid)
                .filter(pid -> pid != 0)
                .collect(Collectors.toUnmodifiableSet());
        if (!workers.getAndSet(now).containsAll(now)) {
            askVersion();
        }
    }

    @Override
    public CompletionStage<Reply<StoredFile>> upload(String loadBalancer, String amphora, byte[] configuration) {
        return haproxy.upload(loadBalancer, amphora, configuration).thenApply(LoadBalancers::uploaded);
    }

    private static Reply<StoredFile> uploaded(UploadResult result) {
        if (result instanceof UploadResult.Stored done) {
            return Reply.done(new StoredFile(bytes(done.configuration()), done.md5()));
        }
        if (result instanceof UploadResult.Failed failed) {
            return Reply.refused(Reply.Kind.FAILED, failed.message(), failed.details());
        }
        return Reply.refused(Reply.Kind.INVALID, "Invalid request", ((UploadResult.Rejected) result).details());
    }

    private static byte[] bytes(StoredConfiguration configuration) {
        return configuration.text().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public CompletionStage<Reply<StoredFile>> configuration(String loadBalancer) {
        return CompletableFuture.supplyAsync(() -> haproxy.configuration(loadBalancer), disk)
                .thenApply(found -> found.map(one -> Reply.done(new StoredFile(bytes(one), one.md5())))
                        .orElseGet(() -> unknown(loadBalancer)));
    }

    private static <T> Reply<T> unknown(String loadBalancer) {
        return Reply.refused(
                Reply.Kind.NOT_FOUND, "Loadbalancer Not Found", "No loadbalancer with UUID: " + loadBalancer);
    }

    @Override
    public CompletionStage<Reply<String>> run(String loadBalancer, Action action) {
        Instant asked = Instant.now();
        return served.judged().thenCompose(known -> judged(loadBalancer, action, asked));
    }

    private CompletionStage<Reply<String>> judged(String loadBalancer, Action action, Instant asked) {
        return switch (action) {
            case START -> announced(haproxy.start(loadBalancer)).thenApply(LoadBalancers::reply);
            case STOP ->
                after(loadBalancer, HaproxyConfiguration.none(), asked, () -> haproxy.stop(loadBalancer))
                        .thenApply(LoadBalancers::reply);
            case RELOAD -> reload(loadBalancer, asked).thenApply(LoadBalancers::reply);
        };
    }

    /** A reload that would be refused costs no route. */
    private CompletionStage<RunResult> reload(String loadBalancer, Instant asked) {
        HaproxyConfiguration next = haproxy.snapshot()
                .loadBalancer(loadBalancer)
                .map(LoadBalancerState::stored)
                .orElseGet(HaproxyConfiguration::none);
        if (going(loadBalancer, next).isEmpty()) {
            return announced(haproxy.reload(loadBalancer));
        }
        return haproxy.refusal(loadBalancer)
                .thenCompose(refused -> refused.isPresent()
                        ? CompletableFuture.<RunResult>completedFuture(refused.get())
                        : after(loadBalancer, next, asked, () -> haproxy.reload(loadBalancer)));
    }

    private static Reply<String> reply(RunResult result) {
        if (result instanceof RunResult.Done done) {
            return Reply.done(done.details());
        }
        if (result instanceof RunResult.Failed failed) {
            return Reply.refused(Reply.Kind.FAILED, failed.message(), failed.details());
        }
        return unknown(((RunResult.Unknown) result).loadBalancer());
    }

    @Override
    public CompletionStage<Reply<Reply.Ok>> delete(String loadBalancer) {
        Instant asked = Instant.now();
        return served.judged()
                .thenCompose(known ->
                        after(loadBalancer, HaproxyConfiguration.none(), asked, () -> haproxy.delete(loadBalancer)))
                .thenApply(result -> {
                    if (result instanceof RunResult.Failed failed) {
                        return Reply.refused(Reply.Kind.FAILED, failed.message(), failed.details());
                    }
                    return Reply.ok();
                });
    }

    /** Withdraws what the next configuration doesn't serve any more, then does it, then judges by what is. */
    private CompletionStage<RunResult> after(
            String loadBalancer,
            HaproxyConfiguration next,
            Instant asked,
            Supplier<CompletionStage<RunResult>> change) {
        List<IpAddress> going = going(loadBalancer, next);
        if (going.isEmpty()) {
            return announced(change.get());
        }
        return served.withdraw(going, asked)
                .handle((written, fault) -> fault == null ? change.get() : notWithdrawn(fault))
                .thenCompose(result -> result)
                .handle((result, fault) -> served.release(going).thenApply(told -> orThrow(result, fault)))
                .thenCompose(result -> result);
    }

    /** Whoever announces is being stopped or updated. HAProxy isn't touched: the routes may stand for a while. */
    private static CompletionStage<RunResult> notWithdrawn(Throwable fault) {
        String why = String.valueOf(
                fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault);
        return CompletableFuture.completedFuture(
                new RunResult.Failed("Error withdrawing routes", "nothing was changed: " + why));
    }

    private CompletionStage<RunResult> announced(CompletionStage<RunResult> change) {
        return change.thenCompose(result -> served.changed().thenApply(told -> result));
    }

    private static RunResult orThrow(@Nullable RunResult result, @Nullable Throwable fault) {
        if (result == null) {
            throw new IllegalStateException("HAProxy's engine broke its word", fault);
        }
        return result;
    }

    /** The announced VIPs that only this load balancer serves, and will not serve then. */
    private List<IpAddress> going(String loadBalancer, HaproxyConfiguration next) {
        List<LoadBalancerState> all = haproxy.snapshot().loadBalancers();
        return served.vips().stream()
                .filter(OwnVip::served)
                .map(OwnVip::vip)
                .filter(vip -> !next.binds(vip)
                        && all.stream().noneMatch(one -> !one.id().equals(loadBalancer) && one.serves(vip)))
                .toList();
    }

    @Override
    public CompletionStage<Reply<StoredFile>> putCertificate(String loadBalancer, String name, byte[] pem) {
        return haproxy.putCertificate(loadBalancer, name, pem)
                .thenApply(result -> file(result).map(md5 -> new StoredFile(pem, md5)));
    }

    @Override
    public CompletionStage<Reply<String>> certificateMd5(String loadBalancer, String name) {
        return haproxy.certificate(loadBalancer, name).thenApply(LoadBalancers::file);
    }

    @Override
    public CompletionStage<Reply<Reply.Ok>> deleteCertificate(String loadBalancer, String name) {
        return haproxy.deleteCertificate(loadBalancer, name).thenApply(result -> {
            Reply<String> reply = file(result);
            return reply.map(md5 -> Reply.Ok.OK);
        });
    }

    private static Reply<String> file(CertificateResult result) {
        if (result instanceof CertificateResult.Done done) {
            return Reply.done(done.md5());
        }
        if (result instanceof CertificateResult.Unknown unknown) {
            return Reply.refused(
                    Reply.Kind.NOT_FOUND, "Certificate Not Found", "No certificate with filename: " + unknown.name());
        }
        if (result instanceof CertificateResult.Failed failed) {
            return Reply.refused(Reply.Kind.FAILED, failed.message(), failed.details());
        }
        return Reply.refused(Reply.Kind.INVALID, "Filename has wrong format", null);
    }

    @Override
    public List<ListenerView> listeners() {
        return haproxy.snapshot().loadBalancers().stream()
                .flatMap(one -> one.stored().frontends().stream()
                        .map(frontend -> new ListenerView(
                                frontend.id(), one.id(), frontend.type(), one.alive() ? "ACTIVE" : "OFFLINE")))
                .sorted(Comparator.comparing(ListenerView::id))
                .toList();
    }

    @Override
    public int running() {
        return (int) haproxy.snapshot().loadBalancers().stream()
                .filter(LoadBalancerState::alive)
                .count();
    }

    @Override
    public CompletionStage<List<HeldConnections>> held() {
        List<CompletableFuture<HeldConnections>> asked = haproxy.snapshot().loadBalancers().stream()
                .map(LoadBalancerState::id)
                .sorted()
                .map(this::held)
                .toList();
        return CompletableFuture.allOf(asked.toArray(new CompletableFuture<?>[0]))
                .thenApply(all -> asked.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<HeldConnections> held(String loadBalancer) {
        return haproxy.held(loadBalancer)
                .thenApply(said -> said.map(
                                held -> new HeldConnections(loadBalancer, held.connections(), held.oldWorkers()))
                        .orElseGet(() -> HeldConnections.unknown(loadBalancer)))
                .toCompletableFuture();
    }

    @Override
    public CompletionStage<Optional<String>> version() {
        String known = version;
        return known == null ? askVersion() : CompletableFuture.completedFuture(Optional.of(known));
    }

    /** What is known stays so when nobody answers: the program that was seen to run isn't gone for being slow. */
    private CompletionStage<Optional<String>> askVersion() {
        return haproxy.version().thenApply(found -> {
            found.ifPresent(one -> version = one);
            return found;
        });
    }
}
