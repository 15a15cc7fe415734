// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.l3distributor.distributor.amphora.OwnRoutes;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.distributor.amphora.OwnVipStatus;
import org.l3distributor.haproxy.CertificateResult;
import org.l3distributor.haproxy.Haproxy;
import org.l3distributor.haproxy.HaproxyEvent;
import org.l3distributor.haproxy.HaproxySnapshot;
import org.l3distributor.haproxy.Held;
import org.l3distributor.haproxy.LoadBalancerState;
import org.l3distributor.haproxy.RunResult;
import org.l3distributor.haproxy.Statistics;
import org.l3distributor.haproxy.StoredConfiguration;
import org.l3distributor.haproxy.UploadResult;
import org.l3distributor.net.IpAddress;

/** A HAProxy and an announcer that write down, in one list, what is asked of them and in which order. */
final class Engines implements Haproxy, OwnRoutes {
    final List<String> calls = new ArrayList<>();
    final Map<String, StoredConfiguration> stored = new LinkedHashMap<>();
    HaproxySnapshot snapshot = Facts.haproxy();
    /** Set to have withdrawals wait. */
    CompletableFuture<Void> wire = CompletableFuture.completedFuture(null);

    /** Of others nobody can tell. */
    final Map<String, Held> held = new LinkedHashMap<>();

    RunResult next = new RunResult.Done("done");
    CompletableFuture<Optional<Statistics>> statistics = CompletableFuture.completedFuture(Optional.empty());
    CompletableFuture<Optional<String>> version = CompletableFuture.completedFuture(Optional.of("2.6.12"));
    Optional<RunResult.Failed> refusal = Optional.empty();
    Instant lastSeen = Instant.MIN;

    void upload(String loadBalancer, IpAddress... vips) {
        stored.put(loadBalancer, new StoredConfiguration(loadBalancer, "text", "md5", Facts.binding(vips)));
    }

    @Override
    public CompletionStage<Void> serve(List<OwnVip> vips, Instant seen) {
        lastSeen = seen;
        calls.add("serve "
                + vips.stream()
                        .filter(OwnVip::served)
                        .map(own -> own.vip().toString())
                        .toList());
        return wire;
    }

    @Override
    public AutoCloseable weighing(Consumer<Boolean> listener) {
        return () -> {};
    }

    @Override
    public CompletionStage<List<OwnVipStatus>> list() {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public void leave() {
        calls.add("leave");
    }

    @Override
    public CompletionStage<UploadResult> upload(String loadBalancer, String amphora, byte[] configuration) {
        return CompletableFuture.completedFuture(new UploadResult.Stored(stored.get(loadBalancer), "md5 of what came"));
    }

    @Override
    public Optional<StoredConfiguration> configuration(String loadBalancer) {
        return Optional.ofNullable(stored.get(loadBalancer));
    }

    private CompletionStage<RunResult> run(String verb, String loadBalancer, LoadBalancerState... after) {
        calls.add(verb + " " + loadBalancer);
        snapshot = Facts.haproxy(after);
        return CompletableFuture.completedFuture(next);
    }

    private LoadBalancerState asStored(String loadBalancer) {
        StoredConfiguration one = stored.get(loadBalancer);
        return Facts.running(
                loadBalancer,
                one == null ? new IpAddress[0] : one.content().addresses().toArray(new IpAddress[0]));
    }

    @Override
    public CompletionStage<RunResult> start(String loadBalancer) {
        return run("start", loadBalancer, asStored(loadBalancer));
    }

    @Override
    public CompletionStage<RunResult> reload(String loadBalancer) {
        return run("reload", loadBalancer, asStored(loadBalancer));
    }

    @Override
    public CompletionStage<Optional<RunResult.Failed>> refusal(String loadBalancer) {
        return CompletableFuture.completedFuture(refusal);
    }

    @Override
    public CompletionStage<RunResult> stop(String loadBalancer) {
        return run("stop", loadBalancer);
    }

    @Override
    public CompletionStage<RunResult> delete(String loadBalancer) {
        return run("delete", loadBalancer);
    }

    @Override
    public CompletionStage<CertificateResult> putCertificate(String loadBalancer, String name, byte[] content) {
        return CompletableFuture.completedFuture(new CertificateResult.Done("md5"));
    }

    @Override
    public CompletionStage<CertificateResult> certificate(String loadBalancer, String name) {
        return CompletableFuture.completedFuture(new CertificateResult.Unknown(name));
    }

    @Override
    public CompletionStage<CertificateResult> deleteCertificate(String loadBalancer, String name) {
        return CompletableFuture.completedFuture(new CertificateResult.BadName(name));
    }

    @Override
    public HaproxySnapshot snapshot() {
        return new HaproxySnapshot(
                snapshot.loadBalancers().stream().map(this::withStored).toList());
    }

    private LoadBalancerState withStored(LoadBalancerState one) {
        StoredConfiguration onDisk = stored.get(one.id());
        return onDisk == null
                ? one
                : new LoadBalancerState(
                        one.id(),
                        one.state(),
                        one.since(),
                        one.masterPid(),
                        one.workerPid(),
                        one.running(),
                        onDisk.content(),
                        one.listening(),
                        one.answers(),
                        one.reason());
    }

    @Override
    public AutoCloseable listen(Consumer<HaproxyEvent> listener) {
        return () -> {};
    }

    @Override
    public CompletionStage<Optional<Statistics>> statistics(String loadBalancer) {
        calls.add("statistics " + loadBalancer);
        return statistics;
    }

    @Override
    public CompletionStage<Optional<Held>> held(String loadBalancer) {
        return CompletableFuture.completedFuture(Optional.ofNullable(held.get(loadBalancer)));
    }

    @Override
    public CompletionStage<Optional<String>> version() {
        return version;
    }
}
