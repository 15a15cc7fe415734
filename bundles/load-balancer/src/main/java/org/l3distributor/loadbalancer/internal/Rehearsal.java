// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.haproxy.HaproxySnapshot;
import org.l3distributor.haproxy.LoadBalancerState;
import org.l3distributor.netns.NamespaceSnapshot;

/**
 * Goes the way of a withdrawal again and again, once in a process, soon after the first VIP is served: a HAProxy dies
 * seldom, and what was never run takes a virtual machine several times as long. What would be so if every HAProxy died now is
 * judged and thrown away; whoever announces is told once more what he knows, which changes nothing on the wire.
 */
final class Rehearsal {
    /** The compiler takes a method when it has run 200 times. */
    static final int TIMES = 250;

    private final ScheduledExecutorService loop;
    private final Supplier<NamespaceSnapshot> namespace;
    private final Supplier<HaproxySnapshot> haproxy;
    private final ServedVips served;
    private final long waitMillis;
    private final long pauseMillis;
    private volatile boolean over;

    Rehearsal(
            ScheduledExecutorService loop,
            Supplier<NamespaceSnapshot> namespace,
            Supplier<HaproxySnapshot> haproxy,
            ServedVips served,
            long waitMillis,
            long pauseMillis) {
        this.waitMillis = waitMillis;
        this.pauseMillis = pauseMillis;
        this.loop = loop;
        this.namespace = namespace;
        this.haproxy = haproxy;
        this.served = served;
    }

    void begin() {
        play(0, waitMillis);
    }

    private void play(int played, long millis) {
        Future<?> unused = loop.schedule(() -> play(played), millis, TimeUnit.MILLISECONDS);
    }

    private void play(int played) {
        if (served.vips().stream().noneMatch(OwnVip::served)) {
            play(played, waitMillis);
        } else if (played < TIMES) {
            once();
            play(played + 1, pauseMillis);
        } else {
            over = true;
        }
    }

    boolean isOver() {
        return over;
    }

    private void once() {
        List<OwnVip> unused = Serving.of(namespace.get(), allDead(haproxy.get()), Members.NOT_ASKED, Set.of());
        served.tellAgain();
    }

    static HaproxySnapshot allDead(HaproxySnapshot now) {
        return new HaproxySnapshot(
                now.loadBalancers().stream().map(Rehearsal::dead).toList());
    }

    private static LoadBalancerState dead(LoadBalancerState one) {
        return new LoadBalancerState(
                one.id(),
                LoadBalancerState.State.DOWN,
                one.since(),
                one.masterPid(),
                0,
                one.running(),
                one.stored(),
                Set.of(),
                false,
                "died");
    }
}
