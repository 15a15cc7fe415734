// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.l3distributor.distributor.amphora.AgentFiles;
import org.l3distributor.distributor.amphora.AgentSettings;
import org.l3distributor.distributor.amphora.AgentSettings.ActiveStandby;
import org.l3distributor.distributor.amphora.HeldConnections;
import org.l3distributor.distributor.amphora.LoadBalancerService;
import org.l3distributor.distributor.amphora.OwnRoutes;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.distributor.amphora.OwnVipStatus;
import org.l3distributor.distributor.amphora.PlugService;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.net.IpAddress;

/** An amphora without HAProxy, interfaces and files: it keeps what it is given, and refuses what a test wants refused. */
final class FakeAmphora implements LoadBalancerService, PlugService, AgentFiles, OwnRoutes {
    final Map<String, byte[]> configurations = new HashMap<>();
    final Map<String, byte[]> certificates = new HashMap<>();
    final List<String> calls = new ArrayList<>();
    final List<ListenerView> listeners = new ArrayList<>();
    final List<OwnVipStatus> own = new ArrayList<>();
    final List<HeldConnections> held = new ArrayList<>();
    final Semaphore versionAsked = new Semaphore(0);
    CompletableFuture<Optional<String>> version = CompletableFuture.completedFuture(Optional.of("2.6.12-1+deb12u4"));
    ActiveStandby activeStandby = ActiveStandby.ACTIVE_ACTIVE;
    VipPlug plugged;
    NetworkPlug network;
    Reply.Refused<?> refusal;

    void reset() {
        configurations.clear();
        certificates.clear();
        calls.clear();
        listeners.clear();
        own.clear();
        held.clear();
        version = CompletableFuture.completedFuture(Optional.of("2.6.12-1+deb12u4"));
        activeStandby = ActiveStandby.ACTIVE_ACTIVE;
        plugged = null;
        network = null;
        refusal = null;
    }

    /** From another thread, as the appliance's loop does it. */
    private <T> CompletionStage<Reply<T>> reply(T value) {
        Reply<T> reply = refusal == null
                ? Reply.done(value)
                : Reply.refused(refusal.kind(), refusal.message(), refusal.details());
        return CompletableFuture.supplyAsync(() -> reply);
    }

    private static StoredFile stored(byte[] content) {
        try {
            return new StoredFile(
                    content,
                    HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public CompletionStage<Reply<StoredFile>> upload(String loadBalancer, String amphora, byte[] configuration) {
        calls.add("upload " + loadBalancer + " " + amphora);
        configurations.put(loadBalancer, configuration);
        return reply(stored(configuration));
    }

    @Override
    public CompletionStage<Reply<StoredFile>> configuration(String loadBalancer) {
        byte[] kept = configurations.get(loadBalancer);
        return kept == null
                ? CompletableFuture.completedStage(Reply.refused(Reply.Kind.NOT_FOUND, null, null))
                : reply(stored(kept));
    }

    @Override
    public CompletionStage<Reply<String>> run(String loadBalancer, Action action) {
        if (!configurations.containsKey(loadBalancer)) {
            return CompletableFuture.completedStage(Reply.refused(Reply.Kind.NOT_FOUND, null, null));
        }
        calls.add(action + " " + loadBalancer);
        return reply("Listener " + loadBalancer + " reloaded");
    }

    @Override
    public CompletionStage<Reply<Reply.Ok>> delete(String loadBalancer) {
        calls.add("delete " + loadBalancer);
        configurations.remove(loadBalancer);
        return reply(Reply.Ok.OK);
    }

    @Override
    public CompletionStage<Reply<StoredFile>> putCertificate(String loadBalancer, String name, byte[] pem) {
        certificates.put(loadBalancer + "/" + name, pem);
        return reply(stored(pem));
    }

    @Override
    public CompletionStage<Reply<String>> certificateMd5(String loadBalancer, String name) {
        byte[] kept = certificates.get(loadBalancer + "/" + name);
        return kept == null
                ? CompletableFuture.completedStage(Reply.refused(Reply.Kind.NOT_FOUND, null, null))
                : reply(stored(kept).md5());
    }

    @Override
    public CompletionStage<Reply<Reply.Ok>> deleteCertificate(String loadBalancer, String name) {
        certificates.remove(loadBalancer + "/" + name);
        return reply(Reply.Ok.OK);
    }

    @Override
    public List<ListenerView> listeners() {
        return listeners;
    }

    @Override
    public int running() {
        return configurations.size();
    }

    @Override
    public CompletionStage<List<HeldConnections>> held() {
        return CompletableFuture.completedStage(List.copyOf(held));
    }

    @Override
    public CompletionStage<Optional<String>> version() {
        versionAsked.release();
        return version;
    }

    @Override
    public CompletionStage<Reply<String>> plugVip(VipPlug plug) {
        plugged = plug;
        return reply("eth1");
    }

    @Override
    public CompletionStage<Reply<NetworkPlugged>> plugNetwork(NetworkPlug plug) {
        boolean updated = network != null && network.mac().equals(plug.mac());
        network = plug;
        return reply(new NetworkPlugged("eth2", updated));
    }

    @Override
    public CompletionStage<Reply<Reply.Ok>> unplugVip(IpAddress vip) {
        calls.add("unplug " + vip);
        return reply(Reply.Ok.OK);
    }

    @Override
    public CompletionStage<Reply<String>> interfaceOf(IpAddress address) {
        return address.equals(IpAddress.parse("203.0.113.21"))
                ? reply("eth1")
                : CompletableFuture.completedStage(Reply.refused(Reply.Kind.NOT_FOUND, null, null));
    }

    @Override
    public CompletionStage<List<Traffic>> traffic() {
        return CompletableFuture.completedFuture(List.of(new Traffic("eth1", 990, 586)));
    }

    @Override
    public AgentSettings settings() {
        return new AgentSettings(
                "5a8a3a5e-5d9e-4d6c-9a3e-0c7a00000001",
                Path.of("/var/lib/octavia"),
                Path.of("/var/lib/octavia/certs"),
                Path.of("/usr/sbin/haproxy"),
                List.of(),
                Duration.ofSeconds(10),
                null,
                false,
                activeStandby);
    }

    @Override
    public AutoCloseable listen(Consumer<AgentSettings> listener) {
        return () -> {};
    }

    @Override
    public CompletionStage<Reply<Reply.Ok>> replaceConfiguration(byte[] text) {
        calls.add("config " + new String(text, StandardCharsets.UTF_8));
        return reply(Reply.Ok.OK);
    }

    @Override
    public CompletionStage<Reply<Reply.Ok>> replaceServerCertificate(byte[] pem) {
        calls.add("certificate " + new String(pem, StandardCharsets.UTF_8));
        return reply(Reply.Ok.OK);
    }

    @Override
    public CompletionStage<Void> serve(List<OwnVip> vips, Instant seen) {
        throw new UnsupportedOperationException("nobody here serves anything");
    }

    @Override
    public AutoCloseable weighing(Consumer<Boolean> listener) {
        throw new UnsupportedOperationException("REST counts nothing");
    }

    @Override
    public CompletionStage<List<OwnVipStatus>> list() {
        return CompletableFuture.completedStage(List.copyOf(own));
    }

    @Override
    public void leave() {
        throw new UnsupportedOperationException("nobody here serves anything");
    }
}
