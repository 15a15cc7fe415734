// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.ActualNamespace;
import org.l3distributor.netns.NamespaceDescription;
import org.l3distributor.netns.NamespaceState;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.NetnsOperation;
import org.l3distributor.netns.NetnsOperation.AddVip;
import org.l3distributor.netns.NetnsOperation.RemoveVip;
import org.l3distributor.netns.NetnsPlan;

/** Makes a namespace equal to its description, once per call. Decides nothing: that is {@link NetnsPlan}'s. */
final class Reconciler {
    private final NamespaceKernel kernel;
    private final NetnsLog log;
    /** What was so at some time; to have to do it again is drift. */
    private final Set<NetnsOperation> seen = new HashSet<>();

    /**
     * What a pass found and did.
     *
     * @param actual as it is after the pass; empty when the namespace isn't there or can't be read
     * @param refused VIPs that the kernel refused to add or remove
     * @param error what is wrong with the namespace or its settings
     * @param repaired how many operations undid what somebody else had done
     */
    record Pass(
            NamespaceState state,
            ActualNamespace actual,
            Map<IpAddress, NetnsException> refused,
            @Nullable NetnsException error,
            int repaired) {
        static Pass failed(NetnsException why) {
            return new Pass(NamespaceState.FAILED, ActualNamespace.empty(), Map.of(), why, 0);
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

    Pass pass(NamespaceDescription wanted, Set<IpAddress> owned) {
        // A VIP that is plugged again after it was unplugged isn't drift.
        seen.removeIf(
                operation -> operation instanceof AddVip add && !wanted.vips().contains(add.vip()));
        try {
            if (!kernel.enter(wanted.create())) {
                boolean missed = wanted.create() || !wanted.vips().isEmpty();
                return new Pass(
                        missed ? NamespaceState.ABSENT : NamespaceState.IDLE,
                        ActualNamespace.empty(),
                        Map.of(),
                        missed ? absent(wanted.name()) : null,
                        0);
            }
            ActualNamespace before = kernel.read();
            NetnsPlan plan = NetnsPlan.diff(wanted, before, owned);
            seen.addAll(plan.satisfied());
            return plan.isEmpty()
                    ? new Pass(NamespaceState.READY, before, Map.of(), null, 0)
                    : apply(plan, wanted, owned);
        } catch (NetnsException e) {
            return Pass.failed(e);
        }
    }

    private Pass apply(NetnsPlan plan, NamespaceDescription wanted, Set<IpAddress> owned) {
        Map<IpAddress, NetnsException> refused = new HashMap<>();
        NetnsException error = null;
        int repaired = 0;
        for (NetnsOperation operation : plan.operations()) {
            try {
                kernel.apply(operation);
                if (!(operation instanceof RemoveVip) && !seen.add(operation)) {
                    repaired++;
                    log.repaired(operation);
                }
            } catch (NetnsException e) {
                IpAddress vip = vip(operation);
                if (vip == null) {
                    error = error == null ? e : error;
                } else {
                    refused.put(vip, e);
                }
            }
        }
        ActualNamespace after = kernel.read();
        boolean ready = NetnsPlan.diff(wanted, after, owned).isEmpty();
        return new Pass(ready ? NamespaceState.READY : NamespaceState.FAILED, after, refused, error, repaired);
    }

    private static @Nullable IpAddress vip(NetnsOperation operation) {
        if (operation instanceof AddVip add) {
            return add.vip();
        }
        return operation instanceof RemoveVip remove ? remove.vip() : null;
    }

    private static NetnsException absent(String name) {
        return new NetnsException("open namespace /run/netns/" + name, name, "ENOENT", "it doesn't exist (yet)");
    }
}
