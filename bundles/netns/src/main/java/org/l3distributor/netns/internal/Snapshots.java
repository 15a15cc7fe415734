// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.NamespaceState;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.VipEvent;
import org.l3distributor.netns.VipStatus;
import org.l3distributor.netns.internal.Reconciler.Pass;

/** Snapshots from passes, and what lies between two of them. */
final class Snapshots {
    private Snapshots() {}

    /**
     * @param unwritten why the plug state couldn't be written after the pass; null when it could
     */
    static NamespaceSnapshot of(
            NamespaceSnapshot before, PlugState state, Pass pass, @Nullable NetnsException unwritten, Instant now) {
        List<VipStatus> vips = new ArrayList<>();
        for (IpAddress vip : state.owned()) {
            boolean wanted = state.wanted().contains(vip);
            boolean onLo = pass.actual().serves(vip);
            vips.add(new VipStatus(
                    vip, wanted, onLo, wanted && onLo ? null : pass.refused().get(vip)));
        }
        NetnsException error = pass.error() == null ? unwritten : pass.error();
        NamespaceState next = unwritten == null ? pass.state() : NamespaceState.FAILED;
        Instant since = next == before.state() ? before.since() : now;
        return new NamespaceSnapshot(
                before.namespace(), next, since, pass.actual(), vips, before.driftRepaired() + pass.repaired(), error);
    }

    /** VIPs that came or went. */
    static List<VipEvent> events(NamespaceSnapshot before, NamespaceSnapshot after) {
        return Stream.concat(before.vips().stream(), after.vips().stream())
                .map(VipStatus::vip)
                .distinct()
                .sorted()
                .filter(vip -> before.onLo(vip) != after.onLo(vip))
                .map(vip -> new VipEvent(after.namespace(), vip, after.onLo(vip)))
                .toList();
    }

    /** Errors in other words than before; the same one again isn't news. */
    static List<NetnsException> newErrors(NamespaceSnapshot before, NamespaceSnapshot after) {
        List<String> known = errors(before).map(NetnsException::getMessage).toList();
        return errors(after)
                .filter(error -> !known.contains(Objects.toString(error.getMessage())))
                .toList();
    }

    private static Stream<NetnsException> errors(NamespaceSnapshot snapshot) {
        return Stream.concat(
                Optional.ofNullable(snapshot.error()).stream(),
                snapshot.vips().stream().flatMap(vip -> Optional.ofNullable(vip.error()).stream()));
    }
}
