// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.OwnRoutes;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.net.IpAddress;

/**
 * Tells whoever announces routes what this host serves, whenever that changes. It is derived anew each time, so that
 * a missed piece of news costs nothing. Everything but the constructor may be called from any thread; the work is done
 * on one.
 */
final class ServedVips {
    private static final CompletionStage<@Nullable Void> NOTHING_TO_WAIT_FOR = CompletableFuture.completedFuture(null);

    private final Executor loop;
    private final BooleanSupplier looking;
    private final Function<Set<IpAddress>, List<OwnVip>> serving;
    private final Consumer<Set<IpAddress>> introduce;

    // Of the loop.
    private final Map<IpAddress, Integer> leaving = new HashMap<>();
    private @Nullable OwnRoutes routes;
    private @Nullable List<OwnVip> told;
    private boolean impatient;
    private CompletionStage<@Nullable Void> written = NOTHING_TO_WAIT_FOR;

    private final CompletableFuture<@Nullable Void> judged = new CompletableFuture<>();
    private volatile List<OwnVip> newest = List.of();
    private volatile boolean left;

    /**
     * @param looking whether it is still being found out what an earlier life has left running. Until that is known
     *     nothing is told: the routes of that life stand, and to withdraw them for a moment would break connections
     * @param serving what is served at this moment, given the VIPs that are being taken down
     * @param introduce makes the fabric know next hops, before it is told of the first route by them
     */
    ServedVips(
            Executor loop,
            BooleanSupplier looking,
            Function<Set<IpAddress>, List<OwnVip>> serving,
            Consumer<Set<IpAddress>> introduce) {
        this.introduce = introduce;
        this.loop = loop;
        this.looking = looking;
        this.serving = serving;
    }

    /** As last derived. */
    List<OwnVip> vips() {
        return newest;
    }

    /** Completes when it is known for the first time what is served. */
    CompletionStage<@Nullable Void> judged() {
        return judged;
    }

    /** What isn't known by now isn't served. */
    void waitNoLonger() {
        loop.execute(() -> {
            impatient = true;
            tell(Instant.now());
        });
    }

    /** There is somebody who announces; he is told everything. */
    void bind(OwnRoutes announcer) {
        loop.execute(() -> {
            routes = announcer;
            told = null;
            tell(Instant.now());
        });
    }

    /** Nothing to do after {@link #leave}: the loop may have ended, for DS unbinds when it has deactivated. */
    void unbind(OwnRoutes announcer) {
        if (left) {
            return;
        }
        loop.execute(() -> {
            if (routes == announcer) {
                routes = null;
                written = NOTHING_TO_WAIT_FOR;
            }
        });
    }

    /**
     * Something may have changed. The stage completes when what had to be withdrawn was written. It never fails: what is
     * so is so, and if whoever announces goes away just now, the next one is told anew.
     */
    CompletionStage<@Nullable Void> changed() {
        return changed(Instant.now());
    }

    /** @param seen when that was seen, if earlier than now */
    CompletionStage<@Nullable Void> changed(Instant seen) {
        return told(onLoop(() -> tell(seen)));
    }

    private CompletionStage<@Nullable Void> told(CompletionStage<@Nullable Void> telling) {
        return telling.exceptionally(fault -> {
            if (!left) {
                LoadBalancerLog.failed("telling what is served", fault);
            }
            return null;
        });
    }

    /** Tells whoever announces once more what he was told last, which changes nothing. */
    void tellAgain() {
        loop.execute(() -> {
            if (routes != null && told != null) {
                CompletionStage<Void> unused = routes.serve(told, Instant.now());
            }
        });
    }

    /**
     * Takes VIPs out of service before that is so, until {@link #release}. Fails when the announcer goes meanwhile.
     *
     * @param asked when somebody asked for what makes that necessary
     */
    CompletionStage<@Nullable Void> withdraw(Collection<IpAddress> vips, Instant asked) {
        return judged.thenCompose(known -> onLoop(() -> {
            vips.forEach(vip -> leaving.merge(vip, 1, Integer::sum));
            return tell(asked);
        }));
    }

    /** What was to happen to these VIPs has happened: from now on they are judged by what is, as {@link #changed}. */
    CompletionStage<@Nullable Void> release(Collection<IpAddress> vips) {
        Instant done = Instant.now();
        return told(onLoop(() -> {
            vips.forEach(vip -> leaving.computeIfPresent(vip, (v, count) -> count == 1 ? null : count - 1));
            return tell(done);
        }));
    }

    /** We go away: the routes stay for a while, for we may come back. */
    CompletionStage<@Nullable Void> leave() {
        left = true;
        judged.completeExceptionally(new IllegalStateException("the load balancer's part is being stopped; ask again"));
        return onLoop(() -> {
            if (routes != null) {
                routes.leave();
                routes = null;
            }
            return NOTHING_TO_WAIT_FOR;
        });
    }

    private interface Work {
        CompletionStage<@Nullable Void> run();
    }

    private CompletionStage<@Nullable Void> onLoop(Work work) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        try {
            loop.execute(() -> run(work, done));
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(e); // after leave
        }
        return done;
    }

    private static void run(Work work, CompletableFuture<@Nullable Void> done) {
        try {
            work.run().whenComplete((nothing, fault) -> {
                if (fault == null) {
                    done.complete(null);
                } else {
                    done.completeExceptionally(fault);
                }
            });
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    private static Set<IpAddress> nextHops(List<OwnVip> vips) {
        Set<IpAddress> hops = new HashSet<>();
        for (OwnVip vip : vips) {
            IpAddress hop = vip.nextHop();
            if (vip.served() && hop != null) {
                hops.add(hop);
            }
        }
        return hops;
    }

    /** On the loop. Whoever finds nothing changed waits for what is still being written. */
    private CompletionStage<@Nullable Void> tell(Instant seen) {
        if (!judged.isDone() && !impatient && looking.getAsBoolean()) {
            return NOTHING_TO_WAIT_FOR;
        }
        List<OwnVip> now = serving.apply(Set.copyOf(leaving.keySet()));
        Set<IpAddress> fresh = nextHops(now);
        fresh.removeAll(nextHops(newest));
        if (!fresh.isEmpty()) {
            introduce.accept(fresh);
        }
        newest = now;
        if (routes != null && !now.equals(told)) {
            told = now;
            written = routes.serve(now, seen);
        }
        judged.complete(null);
        return written;
    }
}
