// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.InterfaceStatus;
import org.l3distributor.netns.Link;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.NetnsOperation;
import org.l3distributor.netns.PluggedInterface;
import org.l3distributor.netns.PluggedInterface.Change;
import org.l3distributor.netns.VipStatus;

/** Answers a request by what was seen after the attempt, not by what was attempted. */
final class Answers {
    private Answers() {}

    /**
     * @param change for an interface that was plugged
     */
    static void answer(Request request, NamespaceSnapshot snapshot, @Nullable Change change, Notifier notifier) {
        if (request instanceof Request.Open open) {
            boolean up = snapshot.actual().loopback().map(Link::up).orElse(false);
            answer(
                    open.answer(),
                    up ? null : reason(new NetnsOperation.LoopbackUp().toString(), null, snapshot),
                    () -> snapshot,
                    notifier);
        } else if (request instanceof Request.PlugVip plug) {
            answer(plug.answer(), missing(plug.vip(), snapshot), () -> snapshot, notifier);
        } else if (request instanceof Request.UnplugVip unplug) {
            // Ours no longer: it was seen to be gone. Still ours: it is leaving, and hasn't left.
            NetnsException fault = snapshot.vip(unplug.vip())
                    .map(status ->
                            reason(new NetnsOperation.RemoveVip(unplug.vip()).toString(), status.error(), snapshot))
                    .orElse(null);
            answer(unplug.answer(), fault, () -> snapshot, notifier);
        } else if (request instanceof Request.PlugInterface plug && change != null) {
            InterfaceStatus status = snapshot.plugged(plug.mac()).orElse(null);
            answer(
                    plug.answer(),
                    unplugged(plug, status, snapshot),
                    () -> new PluggedInterface(status == null ? "" : status.name(), change, snapshot),
                    notifier);
        } else if (request instanceof Request.UnplugInterface unplug) {
            NetnsException error = snapshot.error();
            answer(
                    unplug.answer(),
                    error == null ? null : reason("unplug the interface " + unplug.mac(), null, snapshot),
                    () -> snapshot,
                    notifier);
        }
    }

    private static <T> void answer(
            CompletableFuture<T> answer, @Nullable NetnsException fault, Supplier<T> value, Notifier notifier) {
        notifier.run(() -> {
            if (fault == null) {
                answer.complete(value.get());
            } else {
                answer.completeExceptionally(fault);
            }
        });
    }

    private static @Nullable NetnsException unplugged(
            Request.PlugInterface plug, @Nullable InterfaceStatus status, NamespaceSnapshot snapshot) {
        if (status == null || status.link() == null || status.error() != null) {
            String operation = "plug the interface " + plug.mac();
            return reason(operation, status == null ? null : status.error(), snapshot);
        }
        return plug.vips().stream()
                .sorted()
                .map(vip -> missing(vip, snapshot))
                .filter(fault -> fault != null)
                .findFirst()
                .orElse(null);
    }

    /** Why a VIP isn't there with all that it needs; null when it is. */
    private static @Nullable NetnsException missing(IpAddress vip, NamespaceSnapshot snapshot) {
        VipStatus status = snapshot.vip(vip).orElse(null);
        boolean there = status != null && status.onLo() && status.error() == null;
        return there
                ? null
                : reason(new NetnsOperation.AddVip(vip).toString(), status == null ? null : status.error(), snapshot);
    }

    private static NetnsException reason(String operation, @Nullable NetnsException own, NamespaceSnapshot snapshot) {
        if (own != null) {
            return own;
        }
        NetnsException general = snapshot.error();
        if (general != null) {
            return new NetnsException(operation, snapshot.namespace(), general.errno(), general.getMessage(), general);
        }
        return snapshot.actual().links().isEmpty()
                ? new NetnsException(operation, snapshot.namespace(), "ENOENT", "there is no such namespace")
                : undone(operation, snapshot.namespace());
    }

    /** What was done, and not refused, and yet isn't so. */
    static NetnsException undone(String operation, String namespace) {
        return new NetnsException(operation, namespace, "EBUSY", "somebody undoes it; it is tried again");
    }
}
