// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.l3distributor.controller.core.internal.state.Verdicts;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.driver.VipKey;

/** A task, what it remembers, and the tables: all that a flow decides from. */
public record Situation(Task task, Memo memo, World world, Limits limits) {
    private static final Set<ProvisioningStatus> COMING =
            EnumSet.of(ProvisioningStatus.PENDING_CREATE, ProvisioningStatus.BOOTING, ProvisioningStatus.ALLOCATED);

    private static final int SETTLES = 3;

    Situation with(Memo next) {
        return new Situation(task, next, world, limits);
    }

    /** Those that serve, or are on their way to. */
    List<Amphora> staying() {
        return world.amphorae().stream()
                .filter(a -> COMING.contains(a.status()) && !memo.leaving().contains(a.id()))
                .toList();
    }

    List<Amphora> serving() {
        return staying().stream()
                .filter(a -> a.status() == ProvisioningStatus.ALLOCATED)
                .toList();
    }

    /** The id of the next amphora that the task makes; the same for whoever plans it again. */
    String nextId(int number) {
        String name = task.id() + ":" + (memo.planned() + number);
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** More amphorae; their ids come from the task's, so that who plans the same step again plans the same amphorae. */
    Step plan(LoadBalancer loadBalancer, int count) {
        List<Write> writes = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = nextId(i);
            ids.add(id);
            writes.add(new Write.Insert(
                    Amphora.planned(id, loadBalancer.id(), world.dedicated() ? "lb" : "combined", world.now())));
        }
        return new Step.Change(writes, memo.planned(ids));
    }

    Led vip(String loadBalancerId) {
        return new Led(new VipKey(world.distributorId(), loadBalancerId), world.driver());
    }

    /** Whether an amphora has had its time to come up. */
    boolean isSlow(Amphora amphora) {
        return amphora.createdAt() != null
                && amphora.createdAt().plus(limits.boot()).isBefore(world.now());
    }

    /** A place where no amphora comes up isn't asked for one after the other. */
    Step paced(Function<Situation, Step> plan) {
        boolean pause = memo.planned() > 0 && memo.planned() % limits.spare() == 0;
        if (!pause || (memo.until() > 0 && world.now().toEpochMilli() >= memo.until())) {
            return plan.apply(with(memo.waitingUntil(0)));
        }
        long until = memo.until() > 0
                ? memo.until()
                : world.now().plus(Limits.LONG_PAUSE).toEpochMilli();
        return new Step.Wait(
                List.of(),
                memo.waitingUntil(until),
                Duration.ofMillis(until - world.now().toEpochMilli()),
                memo.planned() + " amphorae were made in vain");
    }

    /**
     * What is left to do until nothing of an amphora is there. Empty when that is so, or when but its row is: while a driver
     * keeps routes that it announced, it must stay, and says that there is no such amphora any more.
     *
     * @param loadBalancerIds whose routes it may have announced
     */
    Optional<Effect> end(Amphora amphora, List<String> loadBalancerIds) {
        if (amphora.status() != ProvisioningStatus.DELETED || !world.speaking().contains(amphora.id())) {
            return Optional.of(new Effect.Destroy(amphora.id()));
        }
        Effect settle =
                new Effect.Place(world.distributorId(), world.driver(), loadBalancerIds, "settled:" + amphora.id());
        boolean over = memo.knows(settle.key()) || memo.failures(settle.key()) >= SETTLES || loadBalancerIds.isEmpty();
        return over ? Optional.empty() : Optional.of(settle);
    }

    Optional<Step> ended(Amphora amphora, List<String> loadBalancerIds) {
        return end(amphora, loadBalancerIds).map(effect -> new Step.Do(List.of(effect)));
    }

    /** What is observed of a load balancer with so many amphorae in service. */
    OperatingStatus operating(LoadBalancerTree tree) {
        return Verdicts.of(tree.loadBalancer(), serving().size(), world.lead());
    }

    Step.End settled(LoadBalancerTree tree) {
        return new Step.End(
                List.of(new Write.Settle(tree, ProvisioningStatus.ACTIVE, operating(tree), ProvisioningStatus.ACTIVE)),
                null);
    }
}
