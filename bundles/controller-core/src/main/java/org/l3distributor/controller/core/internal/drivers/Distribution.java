// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.drivers;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.l3distributor.controller.core.internal.flow.Effect;
import org.l3distributor.controller.core.internal.flow.Result;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.Vip;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.driver.DriverResult;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipStatus;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.net.IpAddress;

/** What a distributor's driver is told. */
final class Distribution {
    /** So many VIPs are placed at once. */
    private static final int AT_ONCE = 32;

    private final DistributorDriver driver;
    private final Answers answers;

    Distribution(DistributorDriver driver, Answers answers) {
        this.driver = driver;
        this.answers = answers;
    }

    /** @param member an amphora as drivers know it */
    CompletionStage<Result> begin(Effect effect, Function<Amphora, Member> member) {
        if (effect instanceof Effect.Announce announce) {
            return driver.addVip(announce.vip().key(), vips(announce.loadBalancer()))
                    .result()
                    .thenCompose(added -> registered(announce, added, member));
        } else if (effect instanceof Effect.Withdraw withdraw) {
            return driver.unregisterAmphorae(withdraw.vip().key(), withdraw.amphoraIds())
                    .result()
                    .thenApply(result -> answers.distributed(result, !withdraw.dead()));
        } else if (effect instanceof Effect.Forget forget) {
            return driver.removeVip(forget.vip().key()).result().thenApply(result -> answers.distributed(result, true));
        } else if (effect instanceof Effect.Place place) {
            return placed(place, 0, new ArrayList<>());
        } else if (effect instanceof Effect.TakeOn take) {
            return driver.createDistributor(take.distributorId())
                    .result()
                    .thenApply(result -> answers.distributed(result, false));
        } else if (effect instanceof Effect.LetGo let) {
            return driver.deleteDistributor(let.distributorId())
                    .result()
                    .thenApply(result -> answers.distributed(result, true));
        }
        throw new IllegalStateException("nobody does " + effect.key());
    }

    private CompletionStage<Result> registered(
            Effect.Announce announce, DriverResult<VipStatus> added, Function<Amphora, Member> member) {
        if (!(answers.distributed(added, false) instanceof Result.Done)) {
            return answers.now(answers.distributed(added, false));
        }
        List<Member> members = announce.amphorae().stream().map(member).toList();
        return driver.registerAmphorae(announce.vip().key(), members)
                .result()
                .thenApply(result -> answers.distributed(result, false));
    }

    /** Registering nobody has a VIP's next hops placed again. A VIP that went meanwhile is refused, and needs nothing. */
    private CompletionStage<Result> placed(Effect.Place place, int from, List<Result> results) {
        List<String> all = place.loadBalancerIds();
        if (from >= all.size()) {
            return answers.now(results.stream()
                    .filter(result -> !(result instanceof Result.Done))
                    .findFirst()
                    .orElse(new Result.Done(place)));
        }
        int to = Math.min(all.size(), from + AT_ONCE);
        List<CompletableFuture<Result>> some = all.subList(from, to).stream()
                .map(id -> driver.registerAmphorae(new VipKey(place.distributorId(), id), List.of())
                        .result()
                        .thenApply(
                                result -> isAbsent(result) ? new Result.Done(place) : answers.distributed(result, true))
                        .toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(some.toArray(CompletableFuture[]::new)).thenCompose(ended -> {
            some.forEach(one -> results.add(one.join()));
            return placed(place, to, results);
        });
    }

    private static boolean isAbsent(DriverResult<VipStatus> result) {
        return result instanceof DriverResult.Refused<VipStatus> refused
                && refused.reasons().stream().allMatch(r -> r.kind() == Refusal.Kind.NOT_FOUND);
    }

    private static List<IpAddress> vips(LoadBalancer loadBalancer) {
        return Stream.concat(Stream.of(loadBalancer.vip()), loadBalancer.additionalVips().stream())
                .map(Vip::address)
                .filter(Objects::nonNull)
                .toList();
    }
}
