// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.l3distributor.client.AmphoraClient;
import org.l3distributor.client.AmphoraEndpoint;
import org.l3distributor.client.CallResult;
import org.l3distributor.client.internal.http.Request;
import org.l3distributor.client.internal.json.Bodies;
import org.l3distributor.distributor.amphora.OwnVipStatus;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.distributor.model.RemovalResult;

/** The API's calls as requests. */
final class HttpAmphora implements AmphoraClient {
    private static final String EXTENDED = "/1.0/distributor";
    private static final int PAGE = 5000;

    /** A list that has more is no list of ours; the loop must end whatever is answered. */
    private static final int PAGES = 1000;

    private final Calls calls;
    private final AmphoraEndpoint endpoint;

    HttpAmphora(Calls calls, AmphoraEndpoint endpoint) {
        this.calls = calls;
        this.endpoint = endpoint;
    }

    @Override
    public CompletionStage<CallResult<List<RegistrationStatus>>> register(List<Registration> registrations) {
        if (registrations.isEmpty()) {
            return CompletableFuture.completedStage(new CallResult.Answered<>(List.of()));
        }
        byte[] body = Bodies.registrations(registrations);
        return calls.call(endpoint, new Request("PUT", EXTENDED + "/registrations", body), Bodies::registered);
    }

    @Override
    public CompletionStage<CallResult<RemovalResult>> unregister(List<Removal> removals) {
        if (removals.isEmpty()) {
            return CompletableFuture.completedStage(new CallResult.Answered<>(new RemovalResult(List.of(), List.of())));
        }
        byte[] body = Bodies.removals(removals);
        return calls.call(endpoint, new Request("POST", EXTENDED + "/registrations/remove", body), Bodies::removed);
    }

    @Override
    public CompletionStage<CallResult<List<RegistrationStatus>>> registrations() {
        return pages(null, new ArrayList<>(), PAGES);
    }

    private CompletableFuture<CallResult<List<RegistrationStatus>>> pages(
            @Nullable String marker, List<RegistrationStatus> read, int left) {
        String after = marker == null ? "" : "&marker=" + URLEncoder.encode(marker, StandardCharsets.UTF_8);
        Request request = new Request("GET", EXTENDED + "/amphorae?limit=" + PAGE + after, null);
        return calls.call(endpoint, request, Bodies::page).thenCompose(result -> {
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
        return calls.call(endpoint, new Request("GET", EXTENDED + "/own_vips", null), Bodies::ownVips);
    }

    @Override
    public CompletionStage<CallResult<Reply.Ok>> stop(String loadBalancerId) {
        Request request = new Request("PUT", "/1.0/loadbalancer/" + loadBalancerId + "/stop", null);
        return calls.call(endpoint, request, answer -> Reply.Ok.OK).thenApply(HttpAmphora::absentIsStopped);
    }

    private static CallResult<Reply.Ok> absentIsStopped(CallResult<Reply.Ok> result) {
        return result instanceof CallResult.Rejected<Reply.Ok> rejected && rejected.status() == 404
                ? new CallResult.Answered<>(Reply.Ok.OK)
                : result;
    }
}
