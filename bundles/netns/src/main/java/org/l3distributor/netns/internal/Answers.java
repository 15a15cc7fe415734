// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.Link;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.NetnsOperation;
import org.l3distributor.netns.VipStatus;

/** Answers a request by what was seen after the attempt, not by what was attempted. */
final class Answers {
    private Answers() {}

    static void answer(Request request, NamespaceSnapshot snapshot, Notifier notifier) {
        NetnsException fault = fault(request, snapshot);
        notifier.run(() -> {
            if (fault == null) {
                request.answer().complete(snapshot);
            } else {
                request.answer().completeExceptionally(fault);
            }
        });
    }

    private static @Nullable NetnsException fault(Request request, NamespaceSnapshot snapshot) {
        IpAddress vip = request.vip();
        if (vip == null) {
            boolean up = snapshot.actual().loopback().map(Link::up).orElse(false);
            return up ? null : reason(new NetnsOperation.LoopbackUp(), null, snapshot);
        }
        VipStatus status = snapshot.vip(vip).orElse(null);
        if (request.kind() == Request.Kind.PLUG) {
            boolean there = status != null && status.onLo();
            return there ? null : reason(new NetnsOperation.AddVip(vip), status, snapshot);
        }
        // Ours no longer: it was seen to be gone. Still ours: it is leaving, and hasn't left.
        return status == null ? null : reason(new NetnsOperation.RemoveVip(vip), status, snapshot);
    }

    private static NetnsException reason(
            NetnsOperation operation, @Nullable VipStatus status, NamespaceSnapshot snapshot) {
        NetnsException own = status == null ? null : status.error();
        if (own != null) {
            return own;
        }
        NetnsException general = snapshot.error();
        if (general != null) {
            return new NetnsException(
                    operation.toString(), snapshot.namespace(), general.errno(), general.getMessage(), general);
        }
        return snapshot.actual().links().isEmpty()
                ? new NetnsException(operation.toString(), snapshot.namespace(), "ENOENT", "there is no such namespace")
                : new NetnsException(
                        operation.toString(), snapshot.namespace(), "EBUSY", "somebody undoes it; it is tried again");
    }
}
