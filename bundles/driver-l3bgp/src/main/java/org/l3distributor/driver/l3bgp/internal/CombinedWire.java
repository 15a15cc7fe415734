// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.l3distributor.client.AmphoraClient;
import org.l3distributor.client.AmphoraClients;
import org.l3distributor.client.AmphoraEndpoint;
import org.l3distributor.client.CallResult;
import org.l3distributor.distributor.amphora.OwnVipStatus;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.distributor.driver.Assignment;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RouteState;

/**
 * Members announce what they serve, by themselves. All that is done here is to look whether they do, and to stop the load
 * balancer of one that is taken out: the amphora withdraws before it stops.
 */
final class CombinedWire implements Wire {
    /**
     * How amphorae are asked when all are. Each may need a TLS handshake, and when too many are begun together none ends in
     * time; those that don't answer hold up few others: up to 112 of them are waited for beside.
     */
    private static final Crowd.Pace PACE = new Crowd.Pace(16, 2000, 7);

    private final AmphoraClients clients;

    CombinedWire(AmphoraClients clients) {
        this.clients = clients;
    }

    @Override
    public CompletionStage<Pass> pass(Job job) {
        Pass pass = new Pass();
        Map<String, List<Assignment>> byAmphora =
                job.record().assignments().stream().collect(Collectors.groupingBy(Assignment::speakerId));
        CompletableFuture<?>[] ends = byAmphora.entrySet().stream()
                .map(entry -> one(job, entry.getKey(), entry.getValue(), pass))
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(ends).thenApply(ignored -> pass);
    }

    private CompletableFuture<Void> one(Job job, String amphora, List<Assignment> own, Pass pass) {
        Optional<Member> member = job.record().member(amphora);
        if (member.isPresent()) {
            return look(amphora, member.get().api(), own, pass);
        }
        InetSocketAddress api = job.apis().get(amphora);
        if (api == null) {
            own.forEach(pass::withdrawn); // deleted, and its sessions with it
            return CompletableFuture.completedFuture(null);
        }
        AmphoraClient client = clients.amphora(new AmphoraEndpoint(amphora, api));
        return client.stop(job.record().key().loadBalancerId())
                .thenCompose(result -> {
                    if (result instanceof CallResult.Answered<Reply.Ok>) {
                        return look(amphora, api, own, pass);
                    }
                    own.forEach(a -> pass.failed(a, DedicatedWire.reason(result)));
                    return CompletableFuture.completedStage(null);
                })
                .toCompletableFuture();
    }

    private CompletableFuture<Void> look(
            String amphora, @Nullable InetSocketAddress api, List<Assignment> own, Pass pass) {
        return ask(amphora, api, UnaryOperator.identity()).thenAccept(result -> compare(result, own, pass));
    }

    private CompletableFuture<CallResult<List<OwnVipStatus>>> ask(
            String amphora, @Nullable InetSocketAddress api, UnaryOperator<AmphoraClient> how) {
        return api == null
                ? CompletableFuture.completedFuture(
                        new CallResult.Unavailable<>("where its API listens isn't known", false))
                : how.apply(clients.amphora(new AmphoraEndpoint(amphora, api)))
                        .ownVips()
                        .toCompletableFuture();
    }

    private static void compare(CallResult<List<OwnVipStatus>> result, List<Assignment> own, Pass pass) {
        if (!(result instanceof CallResult.Answered<List<OwnVipStatus>> answered)) {
            own.forEach(a -> pass.failed(a, DedicatedWire.reason(result)));
            return;
        }
        for (Assignment assignment : own) {
            Optional<OwnVipStatus> status = answered.value().stream()
                    .filter(o -> o.vip().vip().equals(assignment.vip())
                            && assignment.nextHop().equals(o.vip().nextHop()))
                    .findFirst();
            if (assignment.leaving()) {
                leaving(assignment, status, pass);
            } else if (status.isEmpty()) {
                pass.unserved(assignment, "it isn't plugged there with this front-end address");
            } else if (status.get().vip().served()) {
                pass.found(assignment, status.get().peers());
            } else {
                pass.unserved(assignment, status.get().vip().reason());
            }
        }
    }

    private static void leaving(Assignment assignment, Optional<OwnVipStatus> status, Pass pass) {
        boolean announced = status.isPresent()
                && (status.get().vip().served()
                        || status.get().peers().stream().anyMatch(p -> p.state() == RouteState.ANNOUNCED));
        if (announced) {
            pass.failed(assignment, "the amphora still announces it");
        } else {
            pass.withdrawn(assignment);
        }
    }

    @Override
    public CompletionStage<Look> look(DistributorRecord distributor, Collection<VipRecord> records) {
        Map<String, Member> members = new TreeMap<>();
        records.forEach(record -> record.members().forEach(m -> members.put(m.amphoraId(), m)));
        Map<String, CallResult<List<OwnVipStatus>>> answers = new ConcurrentHashMap<>();
        return Crowd.each(
                        members.values(),
                        PACE,
                        m -> ask(m.amphoraId(), m.api(), AmphoraClient::once)
                                .thenAccept(r -> answers.put(m.amphoraId(), r)))
                .thenApply(ignored -> new CombinedLook(answers));
    }

    /** What members say that they announce. */
    private record CombinedLook(Map<String, CallResult<List<OwnVipStatus>>> answers) implements Look {
        @Override
        public Pass of(VipRecord record) {
            Pass pass = new Pass();
            for (Assignment assignment : record.assignments()) {
                CallResult<List<OwnVipStatus>> answer = answers.get(assignment.speakerId());
                if (answer != null) {
                    compare(answer, List.of(assignment), pass);
                }
            }
            return pass;
        }

        /** A pass can't put it there: what a member serves is the business of whoever configures it. */
        @Override
        public boolean missing(VipRecord record) {
            return false;
        }

        @Override
        public Map<String, List<Registration>> strays(VipRecord record) {
            return Map.of();
        }

        @Override
        public Map<String, List<Registration>> foreign() {
            return Map.of();
        }

        @Override
        public Map<String, Seen> speakers() {
            Map<String, Seen> seen = new TreeMap<>();
            answers.forEach((id, answer) -> seen.put(
                    id,
                    answer instanceof CallResult.Answered<List<OwnVipStatus>> answered
                            ? new Seen(answered.value().size(), "")
                            : new Seen(0, DedicatedWire.reason(answer))));
            return seen;
        }
    }
}
