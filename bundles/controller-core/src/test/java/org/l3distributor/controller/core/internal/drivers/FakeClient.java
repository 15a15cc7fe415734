// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.drivers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.l3distributor.client.AmphoraClient;
import org.l3distributor.client.AmphoraDetails;
import org.l3distributor.client.AmphoraInfo;
import org.l3distributor.client.CallResult;
import org.l3distributor.client.FrontEndPlug;
import org.l3distributor.client.PlugEnd;
import org.l3distributor.distributor.amphora.HeldConnections;
import org.l3distributor.distributor.amphora.OwnVipStatus;
import org.l3distributor.distributor.amphora.PlugService;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.distributor.model.RemovalResult;
import org.l3distributor.net.IpAddress;

/** An amphora that writes down what it is told, and answers as the test says. */
public final class FakeClient implements AmphoraClient {
    public final List<String> calls = new ArrayList<>();
    public CallResult<Reply.Ok> answer = new CallResult.Answered<>(Reply.Ok.OK);
    PlugEnd plugEnd = PlugEnd.PLUGGED;
    public boolean up = true;
    List<HeldConnections> held = List.of();

    private static <T> CompletionStage<T> now(T value) {
        return CompletableFuture.completedStage(value);
    }

    private CompletionStage<CallResult<Reply.Ok>> told(String call) {
        calls.add(call);
        return now(answer);
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("no effect calls this");
    }

    @Override
    public CompletionStage<CallResult<String>> discover() {
        calls.add("discover");
        return now(up ? new CallResult.Answered<>("1.0") : new CallResult.Unavailable<>("refused", false));
    }

    @Override
    public CompletionStage<CallResult<PlugEnd>> plugVip(FrontEndPlug plug) {
        calls.add("plug " + plug);
        return now(answer.map(ok -> plugEnd));
    }

    @Override
    public CompletionStage<CallResult<Reply.Ok>> uploadHaproxy(String loadBalancerId, byte[] configuration) {
        return told("upload " + loadBalancerId + " " + new String(configuration, StandardCharsets.UTF_8));
    }

    @Override
    public CompletionStage<CallResult<Reply.Ok>> reload(String loadBalancerId) {
        return told("reload " + loadBalancerId);
    }

    @Override
    public CompletionStage<CallResult<Reply.Ok>> stop(String loadBalancerId) {
        return told("stop " + loadBalancerId);
    }

    @Override
    public CompletionStage<CallResult<Reply.Ok>> deleteLoadBalancer(String loadBalancerId) {
        return told("delete " + loadBalancerId);
    }

    @Override
    public AmphoraClient once() {
        calls.add("once");
        return this;
    }

    @Override
    public CompletionStage<CallResult<List<HeldConnections>>> heldConnections() {
        calls.add("held");
        return now(answer.map(ok -> held));
    }

    @Override
    public CompletionStage<CallResult<List<RegistrationStatus>>> register(List<Registration> registrations) {
        throw unused();
    }

    @Override
    public CompletionStage<CallResult<RemovalResult>> unregister(List<Removal> removals) {
        throw unused();
    }

    @Override
    public CompletionStage<CallResult<List<RegistrationStatus>>> registrations() {
        throw unused();
    }

    @Override
    public CompletionStage<CallResult<List<OwnVipStatus>>> ownVips() {
        throw unused();
    }

    @Override
    public CompletionStage<CallResult<AmphoraInfo>> info() {
        throw unused();
    }

    @Override
    public CompletionStage<CallResult<AmphoraDetails>> details() {
        throw unused();
    }

    @Override
    public CompletionStage<CallResult<PlugEnd>> plugNetwork(PlugService.NetworkPlug plug) {
        throw unused();
    }

    @Override
    public CompletionStage<CallResult<Reply.Ok>> unplugVip(IpAddress vip) {
        throw unused();
    }

    @Override
    public CompletionStage<CallResult<Reply.Ok>> start(String loadBalancerId) {
        throw unused();
    }

    @Override
    public CompletionStage<CallResult<Reply.Ok>> putCertificate(String loadBalancerId, String name, byte[] content) {
        throw unused();
    }

    @Override
    public CompletionStage<CallResult<Optional<String>>> certificateMd5(String loadBalancerId, String name) {
        throw unused();
    }

    @Override
    public CompletionStage<CallResult<Reply.Ok>> deleteCertificate(String loadBalancerId, String name) {
        throw unused();
    }

    @Override
    public CompletionStage<CallResult<Reply.Ok>> putConfig(byte[] text) {
        return told("config " + new String(text, StandardCharsets.UTF_8));
    }

    @Override
    public CompletionStage<CallResult<Reply.Ok>> putServerCertificate(byte[] pem) {
        return told("certificate " + new String(pem, StandardCharsets.UTF_8));
    }
}
