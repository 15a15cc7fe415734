// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.l3distributor.haproxy.Haproxy;
import org.l3distributor.haproxy.HaproxySnapshot;
import org.l3distributor.haproxy.LoadBalancerState;
import org.l3distributor.haproxy.Statistics;

/**
 * Asks each HAProxy for its back ends while VIPs depend on them, or somebody counts them: at each piece of news and once a second, for HAProxy
 * tells nobody of a health check by itself. One question is under way per load balancer; when there is a reason to ask
 * meanwhile, it is asked once more after that. Methods may be called from any thread; the state lives on the loop.
 */
final class BackEnds {
    private final Haproxy haproxy;
    private final Executor loop;
    private final Runnable changed;
    private final Set<String> underWay = new HashSet<>();
    private final Set<String> again = new HashSet<>();
    private volatile Members members = Members.NOT_ASKED;

    /** @param changed told, on the loop, when something else is known than before */
    BackEnds(Haproxy haproxy, Executor loop, Runnable changed) {
        this.haproxy = haproxy;
        this.loop = loop;
        this.changed = changed;
    }

    /** As last told. */
    Members members() {
        return members;
    }

    /** Whether there is a running HAProxy that is to be asked and hasn't answered yet. */
    boolean isLooking() {
        return members.lacksOneOf(haproxy.snapshot());
    }

    /** From now on a VIP needs a back end that is up, or doesn't. */
    void require(boolean required) {
        loop.execute(() -> use(required, members.counted()));
    }

    /** From now on somebody wants to know how many are up, or doesn't. */
    void count(boolean counted) {
        loop.execute(() -> use(members.required(), counted));
    }

    private void use(boolean required, boolean counted) {
        if (required != members.required() || counted != members.counted()) {
            set(members.use(required, counted));
            lookNow();
        }
    }

    /** Asks all that run. */
    void look() {
        loop.execute(this::lookNow);
    }

    private void lookNow() {
        if (members.asked()) {
            HaproxySnapshot now = haproxy.snapshot();
            set(members.only(
                    now.loadBalancers().stream().map(LoadBalancerState::id).collect(Collectors.toSet())));
            now.loadBalancers().stream().filter(LoadBalancerState::alive).forEach(one -> ask(one.id()));
        }
    }

    private void ask(String id) {
        if (underWay.contains(id)) {
            again.add(id);
            return;
        }
        CompletionStage<Optional<Statistics>> answer = haproxy.statistics(id);
        underWay.add(id);
        answer.exceptionally(fault -> Optional.empty()) // it answers nothing then, which HAProxy's state says
                .thenAccept(said -> loop.execute(() -> answered(id, said)));
    }

    private void answered(String id, Optional<Statistics> said) {
        underWay.remove(id);
        if (members.asked()) {
            said.ifPresent(statistics -> set(members.with(id, statistics)));
        }
        if (again.remove(id) && members.asked()) {
            ask(id);
        }
    }

    private void set(Members now) {
        if (!now.equals(members)) {
            members = now;
            changed.run();
        }
    }
}
