// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.netns.ActualNamespace;
import org.l3distributor.netns.MacAddress;
import org.l3distributor.netns.NamespaceDescription;
import org.l3distributor.netns.NamespaceState;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.NetnsOperation;
import org.l3distributor.netns.NetnsOperation.MoveIn;
import org.l3distributor.netns.NetnsOperation.OfInterface;
import org.l3distributor.netns.NetnsOperation.OfVip;
import org.l3distributor.netns.NetnsOperation.RemoveAddress;
import org.l3distributor.netns.NetnsOperation.RemoveRoute;
import org.l3distributor.netns.NetnsOperation.RemoveRule;
import org.l3distributor.netns.NetnsOperation.RemoveVip;
import org.l3distributor.netns.NetnsOperation.Rename;
import org.l3distributor.netns.NetnsPlan;
import org.l3distributor.netns.Owned;

/** Makes a namespace equal to its description, once per call. Decides nothing: that is {@link NetnsPlan}'s. */
final class Reconciler {
    /** In, renamed, configured, and once more for what came undone meanwhile. */
    private static final int ROUNDS = 4;

    private final NamespaceKernel kernel;
    private final NetnsLog log;
    /** What was so at some time; to have to do it again is drift. */
    private final Set<NetnsOperation> seen = new HashSet<>();

    private int repaired;

    /**
     * What a pass found and did.
     *
     * @param actual as it is after the pass; empty when the namespace isn't there or can't be read
     * @param undone what is still to be done, and why
     * @param missing interfaces that are nowhere
     * @param error what is wrong with the namespace or its settings
     * @param repaired how many operations undid what somebody else had done
     */
    record Pass(
            NamespaceState state,
            ActualNamespace actual,
            Map<NetnsOperation, NetnsException> undone,
            Set<MacAddress> missing,
            Set<MacAddress> ambiguous,
            @Nullable NetnsException error,
            int repaired) {
        static Pass without(NamespaceState state, @Nullable NetnsException why) {
            return new Pass(state, ActualNamespace.empty(), Map.of(), Set.of(), Set.of(), why, 0);
        }

        /** Whether {@link #actual} is what the kernel says, and not that it can't be asked. */
        boolean isKnown() {
            return state == NamespaceState.IDLE
                    || state == NamespaceState.ABSENT
                    || actual.loopback().isPresent();
        }
    }

    Reconciler(NamespaceKernel kernel, NetnsLog log) {
        this.kernel = kernel;
        this.log = log;
    }

    Pass pass(NamespaceDescription wanted, Owned owned) {
        try {
            if (!kernel.enter(wanted.create())) {
                boolean missed = wanted.create()
                        || !wanted.vips().isEmpty()
                        || !wanted.interfaces().isEmpty();
                return missed
                        ? Pass.without(NamespaceState.ABSENT, absent(wanted.name()))
                        : Pass.without(NamespaceState.IDLE, null);
            }
            return reconcile(wanted, owned);
        } catch (NetnsException e) {
            return Pass.without(NamespaceState.FAILED, e);
        }
    }

    private Pass reconcile(NamespaceDescription wanted, Owned owned) {
        Map<NetnsOperation, NetnsException> refused = new LinkedHashMap<>();
        repaired = 0;
        ActualNamespace actual = read(wanted);
        NetnsPlan plan = NetnsPlan.diff(wanted, actual, owned);
        for (int round = 0; round < ROUNDS && !refused.keySet().containsAll(plan.operations()); round++) {
            apply(plan, refused);
            actual = read(wanted);
            plan = NetnsPlan.diff(wanted, actual, owned);
        }
        remember(plan);
        Map<NetnsOperation, NetnsException> undone = new LinkedHashMap<>();
        for (NetnsOperation operation : plan.operations()) {
            NetnsException why = refused.get(operation);
            undone.put(operation, why == null ? Answers.undone(operation.toString(), wanted.name()) : why);
        }
        NetnsException error = undone.entrySet().stream()
                .filter(entry -> !(entry.getKey() instanceof OfVip || entry.getKey() instanceof OfInterface))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        return new Pass(state(plan), actual, undone, plan.missing(), plan.ambiguous(), error, repaired);
    }

    private ActualNamespace read(NamespaceDescription wanted) {
        ActualNamespace actual = kernel.read();
        boolean complete =
                wanted.interfaces().stream().allMatch(one -> actual.link(one).isPresent());
        return complete ? actual : actual.with(kernel.home());
    }

    private void apply(NetnsPlan plan, Map<NetnsOperation, NetnsException> refused) {
        remember(plan);
        for (NetnsOperation operation : plan.operations()) {
            if (refused.containsKey(operation)) {
                continue; // once a pass is enough
            }
            try {
                kernel.apply(operation);
                if (isLasting(operation) && !seen.add(operation)) {
                    repaired++;
                    log.repaired(operation);
                }
            } catch (NetnsException e) {
                refused.put(operation, e);
            }
        }
    }

    /** Forgets what isn't wanted any more: to do it again later isn't drift. */
    private void remember(NetnsPlan plan) {
        seen.removeIf(operation ->
                !plan.satisfied().contains(operation) && !plan.operations().contains(operation));
        seen.addAll(plan.satisfied());
    }

    private static boolean isLasting(NetnsOperation operation) {
        return !(operation instanceof RemoveVip
                || operation instanceof RemoveRule
                || operation instanceof RemoveAddress
                || operation instanceof RemoveRoute
                || operation instanceof MoveIn
                || operation instanceof Rename);
    }

    private static NamespaceState state(NetnsPlan plan) {
        if (!plan.isEmpty() || !plan.ambiguous().isEmpty()) {
            return NamespaceState.FAILED;
        }
        return plan.missing().isEmpty() ? NamespaceState.READY : NamespaceState.INCOMPLETE;
    }

    private static NetnsException absent(String name) {
        return new NetnsException("open namespace /run/netns/" + name, name, "ENOENT", "it doesn't exist (yet)");
    }
}
