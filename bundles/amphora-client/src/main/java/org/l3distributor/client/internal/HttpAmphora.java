// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.l3distributor.client.AmphoraClient;
import org.l3distributor.client.AmphoraDetails;
import org.l3distributor.client.AmphoraEndpoint;
import org.l3distributor.client.AmphoraInfo;
import org.l3distributor.client.CallResult;
import org.l3distributor.client.FrontEndPlug;
import org.l3distributor.client.PlugEnd;
import org.l3distributor.client.internal.http.Request;
import org.l3distributor.client.internal.json.AgentBodies;
import org.l3distributor.client.internal.json.Bodies;
import org.l3distributor.distributor.amphora.HeldConnections;
import org.l3distributor.distributor.amphora.OwnVipStatus;
import org.l3distributor.distributor.amphora.PlugService;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.distributor.model.RemovalResult;
import org.l3distributor.net.IpAddress;

/** The API's calls as requests. */
final class HttpAmphora implements AmphoraClient {
    private static final String EXTENDED = "/1.0/distributor";
    private static final String BALANCER = "/1.0/loadbalancer/";
    private static final int PAGE = 5000;

    /** A list that has more is no list of ours; the loop must end whatever is answered. */
    private static final int PAGES = 1000;

    private final Calls calls;
    private final AmphoraEndpoint endpoint;
    private final Calls.Kind quick;
    private final Calls.Kind work;

    HttpAmphora(Calls calls, AmphoraEndpoint endpoint) {
        this(calls, endpoint, Calls.Kind.QUICK, Calls.Kind.WORK);
    }

    private HttpAmphora(Calls calls, AmphoraEndpoint endpoint, Calls.Kind quick, Calls.Kind work) {
        this.calls = calls;
        this.endpoint = endpoint;
        this.quick = quick;
        this.work = work;
    }

    @Override
    public AmphoraClient once() {
        return new HttpAmphora(calls, endpoint, Calls.Kind.ONCE, Calls.Kind.WORK_ONCE);
    }

    @Override
    public CompletionStage<CallResult<List<RegistrationStatus>>> register(List<Registration> registrations) {
        if (registrations.isEmpty()) {
            return CompletableFuture.completedStage(new CallResult.Answered<>(List.of()));
        }
        byte[] body = Bodies.registrations(registrations);
        return calls.call(endpoint, quick, Request.json("PUT", EXTENDED + "/registrations", body), Bodies::registered);
    }

    @Override
    public CompletionStage<CallResult<RemovalResult>> unregister(List<Removal> removals) {
        if (removals.isEmpty()) {
            return CompletableFuture.completedStage(new CallResult.Answered<>(new RemovalResult(List.of(), List.of())));
        }
        byte[] body = Bodies.removals(removals);
        return calls.call(
                endpoint, quick, Request.json("POST", EXTENDED + "/registrations/remove", body), Bodies::removed);
    }

    @Override
    public CompletionStage<CallResult<List<RegistrationStatus>>> registrations() {
        return pages(null, new ArrayList<>(), PAGES);
    }

    private CompletableFuture<CallResult<List<RegistrationStatus>>> pages(
            @Nullable String marker, List<RegistrationStatus> read, int left) {
        String after = marker == null ? "" : "&marker=" + URLEncoder.encode(marker, StandardCharsets.UTF_8);
        Request request = Request.bare("GET", EXTENDED + "/amphorae?limit=" + PAGE + after);
        return calls.call(endpoint, quick, request, Bodies::page).thenCompose(result -> {
            if (!(result instanceof CallResult.Answered<Bodies.Page> answered)) {
                return CompletableFuture.completedFuture(result.map(Bodies.Page::rows));
            }
            read.addAll(answered.value().rows());
            String next = answered.value().next();
            if (next == null) {
                return CompletableFuture.completedFuture(new CallResult.Answered<>(read));
            }
            return left == 1
                    ? CompletableFuture.completedFuture(new CallResult.Unavailable<>(
                            "amphora " + endpoint.amphoraId() + ": its list has no end", true))
                    : pages(next, read, left - 1);
        });
    }

    @Override
    public CompletionStage<CallResult<List<OwnVipStatus>>> ownVips() {
        return calls.call(endpoint, quick, Request.bare("GET", EXTENDED + "/own_vips"), Bodies::ownVips);
    }

    @Override
    public CompletionStage<CallResult<List<HeldConnections>>> heldConnections() {
        return calls.call(endpoint, quick, Request.bare("GET", EXTENDED + "/load_balancers"), Bodies::held);
    }

    /** Octavia's controller asks it with two slashes; its agents take one as well, and so do more HTTP servers. */
    @Override
    public CompletionStage<CallResult<String>> discover() {
        return calls.call(endpoint, Calls.Kind.PROBE, Request.bare("GET", "/"), AgentBodies::apiVersion);
    }

    @Override
    public CompletionStage<CallResult<AmphoraInfo>> info() {
        return calls.call(endpoint, quick, Request.bare("GET", "/1.0/info"), AgentBodies::info);
    }

    @Override
    public CompletionStage<CallResult<AmphoraDetails>> details() {
        return calls.call(endpoint, quick, Request.bare("GET", "/1.0/details"), AgentBodies::details);
    }

    @Override
    public CompletionStage<CallResult<PlugEnd>> plugVip(FrontEndPlug plug) {
        return plug(Request.json("POST", "/1.0/plug/vip/" + plug.vip(), AgentBodies.plug(plug)));
    }

    @Override
    public CompletionStage<CallResult<PlugEnd>> plugNetwork(PlugService.NetworkPlug plug) {
        return plug(Request.json("POST", "/1.0/plug/network", AgentBodies.plug(plug)));
    }

    private CompletableFuture<CallResult<PlugEnd>> plug(Request request) {
        return calls.call(endpoint, work, request, answer -> PlugEnd.PLUGGED).thenApply(HttpAmphora::plugged);
    }

    /** The words in which Octavia's agent, too, says these two. */
    private static CallResult<PlugEnd> plugged(CallResult<PlugEnd> result) {
        if (result instanceof CallResult.Rejected<PlugEnd> rejected) {
            if (rejected.status() == 404 && rejected.message().contains("No suitable network interface found")) {
                return new CallResult.Answered<>(PlugEnd.NO_INTERFACE);
            }
            if (rejected.status() == 409 && rejected.message().equals("Interface already exists")) {
                return new CallResult.Answered<>(PlugEnd.STOOD);
            }
        }
        return result;
    }

    @Override
    public CompletionStage<CallResult<Reply.Ok>> unplugVip(IpAddress vip) {
        return work(Request.bare("DELETE", "/1.0/plug/vip/" + vip));
    }

    @Override
    public CompletionStage<CallResult<Reply.Ok>> uploadHaproxy(String loadBalancerId, byte[] configuration) {
        String path = BALANCER + endpoint.amphoraId() + "/" + segment(loadBalancerId) + "/haproxy";
        return work(Request.file(path, configuration));
    }

    @Override
    public CompletionStage<CallResult<Reply.Ok>> start(String loadBalancerId) {
        return work(Request.bare("PUT", BALANCER + segment(loadBalancerId) + "/start"));
    }

    @Override
    public CompletionStage<CallResult<Reply.Ok>> reload(String loadBalancerId) {
        return work(Request.bare("PUT", BALANCER + segment(loadBalancerId) + "/reload"));
    }

    @Override
    public CompletionStage<CallResult<Reply.Ok>> stop(String loadBalancerId) {
        return work(Request.bare("PUT", BALANCER + segment(loadBalancerId) + "/stop"))
                .thenApply(result -> absent(result, Reply.Ok.OK));
    }

    @Override
    public CompletionStage<CallResult<Reply.Ok>> deleteLoadBalancer(String loadBalancerId) {
        return work(Request.bare("DELETE", "/1.0/listeners/" + segment(loadBalancerId)));
    }

    @Override
    public CompletionStage<CallResult<Reply.Ok>> putCertificate(String loadBalancerId, String name, byte[] content) {
        return work(Request.file(certificate(loadBalancerId, name), content));
    }

    @Override
    public CompletionStage<CallResult<Optional<String>>> certificateMd5(String loadBalancerId, String name) {
        Request request = Request.bare("GET", certificate(loadBalancerId, name));
        return calls.call(endpoint, quick, request, answer -> Optional.of(AgentBodies.md5(answer)))
                .thenApply(result -> absent(result, Optional.empty()));
    }

    @Override
    public CompletionStage<CallResult<Reply.Ok>> deleteCertificate(String loadBalancerId, String name) {
        return work(Request.bare("DELETE", certificate(loadBalancerId, name)));
    }

    @Override
    public CompletionStage<CallResult<Reply.Ok>> putConfig(byte[] text) {
        return work(Request.file("/1.0/config", text));
    }

    @Override
    public CompletionStage<CallResult<Reply.Ok>> putServerCertificate(byte[] pem) {
        return work(Request.file("/1.0/certificate", pem));
    }

    private CompletableFuture<CallResult<Reply.Ok>> work(Request request) {
        return calls.call(endpoint, work, request, answer -> Reply.Ok.OK);
    }

    private static String certificate(String loadBalancerId, String name) {
        return BALANCER + segment(loadBalancerId) + "/certificates/" + segment(name);
    }

    /** Ids and names of files come from tables and from users: none of them may lead to another resource. */
    private static String segment(String text) {
        if (!text.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
            throw new IllegalArgumentException("must be letters, digits, '_', '.' and '-', got \"" + text + "\"");
        }
        return text;
    }

    /** What isn't there is as it should be. */
    private static <T> CallResult<T> absent(CallResult<T> result, T value) {
        return result instanceof CallResult.Rejected<T> rejected && rejected.status() == 404
                ? new CallResult.Answered<>(value)
                : result;
    }
}
