// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.NamespaceSnapshot;

/**
 * What somebody asked for, and whom to answer.
 *
 * @param vip null when the namespace is only to be opened
 */
record Request(Kind kind, @Nullable IpAddress vip, CompletableFuture<NamespaceSnapshot> answer) {
    enum Kind {
        OPEN,
        PLUG,
        UNPLUG
    }

    static Request of(Kind kind, @Nullable IpAddress vip) {
        return new Request(kind, vip, new CompletableFuture<>());
    }

    PlugState applyTo(PlugState state) {
        if (vip == null) {
            return state;
        }
        return kind == Kind.PLUG ? state.plug(vip) : state.unplug(vip);
    }
}
