// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
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

    /** More amphorae; their ids come from the task's, so that who plans the same step again plans the same amphorae. */
    Step plan(LoadBalancer loadBalancer, int count) {
        List<Write> writes = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = task.id() + ":" + (memo.planned() + i);
            String id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                    .toString();
            ids.add(id);
            writes.add(new Write.Insert(
                    Amphora.planned(id, loadBalancer.id(), world.dedicated() ? "lb" : "combined", world.now())));
        }
        return new Step.Change(writes, memo.planned(ids));
    }

    VipKey vip(String loadBalancerId) {
        return new VipKey(world.distributorId(), loadBalancerId);
    }

    /** What is observed of a load balancer with so many amphorae in service. */
    OperatingStatus operating(LoadBalancerTree tree) {
        return Verdicts.of(tree.loadBalancer(), serving().size());
    }

    Step.End settled(LoadBalancerTree tree) {
        return new Step.End(
                List.of(new Write.Settle(tree, ProvisioningStatus.ACTIVE, operating(tree), ProvisioningStatus.ACTIVE)),
                null);
    }
}
