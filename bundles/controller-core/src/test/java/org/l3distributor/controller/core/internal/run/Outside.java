// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.l3distributor.controller.core.internal.flow.Effect;
import org.l3distributor.controller.core.internal.flow.Result;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.net.IpAddress;

/**
 * All that is outside of the tables, as sets: instances, what is plugged, configured and announced. It says at once when
 * something is done that must not be done now, whatever was repeated before.
 */
final class Outside implements Effects {
    final Set<String> instances = new TreeSet<>();
    final Set<String> plugged = new TreeSet<>();
    final Map<String, Optional<String>> configured = new HashMap<>();
    final Set<String> announced = new TreeSet<>();
    final Set<String> dead = new HashSet<>();
    final List<String> done = new ArrayList<>();
    boolean vipsReserved = true;
    boolean vipsKnown;

    /** So many of the next instances never boot. */
    int broken;

    /** Those whose HAProxy refuses the configuration. */
    final Set<String> refuse = new HashSet<>();

    /** Whether clients have connections of an amphora. */
    Predicate<String> holds = id -> false;

    /** Those that don't tell whether clients have connections of them. */
    final Set<String> discreet = new HashSet<>();

    /** Those that can't be told to take no new connections. */
    final Set<String> stubborn = new HashSet<>();

    /** So many pushes of files are refused. */
    int deaf;

    /** How many instances there were at once. */
    int most;

    private final Set<String> neverBoots = new HashSet<>();

    @Nullable
    Speech speech;

    private final Crashes crashes;
    private final @Nullable Random faults;

    /** @param faults null: everything works */
    Outside(Crashes crashes, @Nullable Random faults) {
        this.crashes = crashes;
        this.faults = faults;
    }

    @Override
    public CompletionStage<Result> start(Effect effect) {
        crashes.point("before " + effect.key());
        Result result = lucky() ? act(effect) : new Result.Later(effect, "as the test wants it");
        boolean lost =
                result instanceof Result.Done && speech == null && !lucky(); // done, and the answer didn't arrive
        crashes.point("after " + effect.key());
        done.add(effect.key());
        return CompletableFuture.completedFuture(lost ? new Result.Later(effect, "no answer") : result);
    }

    private boolean lucky() {
        return faults == null || faults.nextInt(6) != 0;
    }

    private Result act(Effect effect) {
        if (effect instanceof Effect.Build build) {
            return built(build);
        } else if (effect instanceof Effect.Boot boot) {
            if (dead.contains(boot.amphora().id())) {
                return new Result.Later(effect, "it doesn't answer");
            }
            must(instances.contains(boot.amphora().id()), effect, "no instance");
            if (neverBoots.contains(boot.amphora().id())) {
                return new Result.Never(effect, "a broken image");
            }
        } else if (effect instanceof Effect.Plug plug) {
            must(instances.contains(plug.amphora().id()), effect, "no instance");
            plugged.add(plug.amphora().id());
        } else if (effect instanceof Effect.Configure configure) {
            if (dead.contains(configure.amphora().id())) {
                return new Result.Later(effect, "it doesn't answer");
            }
            must(plugged.contains(configure.amphora().id()), effect, "not plugged: HAProxy can't bind");
            if (refuse.contains(configure.amphora().id())) {
                return new Result.Never(effect, "status 400");
            }
            configured.put(configure.amphora().id(), configure.text());
        } else if (effect instanceof Effect.Announce announce) {
            if (speech != null) {
                spoken(s -> s.announce(
                        announce.vip().key(),
                        List.of(announce.loadBalancer().vip().address()),
                        announce.amphorae()));
            }
            for (Amphora amphora : announce.amphorae()) {
                must(configured.containsKey(amphora.id()), effect, "not configured: it would get traffic in vain");
                announced.add(amphora.id());
            }
            vipsKnown = true;
        } else if (effect instanceof Effect.Withdraw withdraw) {
            announced.removeAll(withdraw.amphoraIds());
            if (speech != null && !spoken(s -> s.withdraw(withdraw.vip().key(), withdraw.amphoraIds()))) {
                return withdraw.dead() ? new Result.Done(effect) : new Result.Later(effect, "a speaker doesn't answer");
            }
        } else if (effect instanceof Effect.Place place) {
            boolean whole = true;
            for (String id : place.loadBalancerIds()) {
                whole &= spoken(s -> s.place(new VipKey(place.distributorId(), id)));
            }
            return whole ? new Result.Done(effect) : new Result.Later(effect, "a speaker doesn't answer");
        } else if (effect instanceof Effect.TakeOn take) {
            speech.distributors.add(take.distributorId());
        } else if (effect instanceof Effect.LetGo let) {
            speech.distributors.remove(let.distributorId());
        } else if (effect instanceof Effect.Forget forget) {
            if (speech != null && !spoken(s -> s.forget(forget.vip().key()))) {
                return new Result.Later(effect, "a speaker doesn't answer");
            }
            announced.clear();
            vipsKnown = false;
        } else if (effect instanceof Effect.Push push) {
            if (dead.contains(push.amphora().id())) {
                return new Result.Later(effect, "it doesn't answer");
            }
            must(configured.containsKey(push.amphora().id()) || speech != null, effect, "it isn't in service");
            if (deaf > 0) {
                deaf--;
                return new Result.Never(effect, "status 400");
            }
        } else if (effect instanceof Effect.Quiesce quiesce) {
            if (stubborn.contains(quiesce.amphora().id())) {
                return new Result.Later(effect, "status 500");
            }
            must(!quiesce.text().contains("frontend "), effect, "it has frontends");
            must(plugged.contains(quiesce.amphora().id()), effect, "not plugged");
            announced.remove(quiesce.amphora().id()); // it announces itself
        } else if (effect instanceof Effect.Idle idle) {
            String id = idle.amphora().id();
            must(!announced.contains(id), effect, "it is still announced");
            if (dead.contains(id)) {
                return new Result.Later(effect, "it doesn't answer");
            }
            if (discreet.contains(id)) {
                return new Result.Never(effect, "status 404");
            }
            return holds.test(id) ? new Result.NotYet(effect) : new Result.Done(effect);
        } else if (effect instanceof Effect.Stop stop) {
            must(!announced.contains(stop.amphora().id()), effect, "it is still announced");
        } else if (effect instanceof Effect.Destroy destroy) {
            must(!announced.contains(destroy.amphoraId()), effect, "it is still announced");
            instances.remove(destroy.amphoraId());
            if (speech != null) {
                speech.silenced(destroy.amphoraId());
            }
            plugged.remove(destroy.amphoraId());
            configured.remove(destroy.amphoraId());
        } else if (effect instanceof Effect.ReleaseVips) {
            must(!vipsKnown, effect, "the distributor still knows the VIPs");
            vipsReserved = false;
        }
        return new Result.Done(effect);
    }

    private interface Told {
        boolean by(Speech speech) throws StoreException;
    }

    private boolean spoken(Told what) {
        try {
            return what.by(speech);
        } catch (StoreException e) {
            throw new AssertionError("a contradiction in the records", e);
        }
    }

    private Result built(Effect.Build build) {
        String id = build.amphora().id();
        if (instances.add(id) && broken > 0) {
            broken--;
            neverBoots.add(id);
        }
        most = Math.max(most, instances.size());
        int number = Math.floorMod(id.hashCode(), 200) + 1;
        return new Result.Built(
                build,
                "compute-" + id.substring(0, 8),
                IpAddress.parse("192.0.2." + number),
                "rack",
                new Amphora.Frontend(
                        IpAddress.parse("198.51.100." + number),
                        null,
                        build.loadBalancer().map(LoadBalancer::frontendSubnetId).orElse("routers"),
                        "port-of-" + id.substring(0, 8),
                        null,
                        null,
                        null),
                null);
    }

    private static void must(boolean so, Effect effect, String why) {
        assertThat(so).as(effect.key() + ": " + why).isTrue();
    }
}
