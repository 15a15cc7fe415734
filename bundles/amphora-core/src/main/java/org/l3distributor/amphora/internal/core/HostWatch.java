// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.core;

import java.util.Collection;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.l3distributor.amphora.internal.wanted.Host;
import org.l3distributor.net.IpAddress;

/** Looks at the host's addresses on a thread of its own, and tells on the loop. */
final class HostWatch {
    private final Executor thread;
    private final Loop loop;
    private final Function<Collection<IpAddress>, Host> eye;

    HostWatch(Executor thread, Loop loop, Function<Collection<IpAddress>, Host> eye) {
        this.thread = thread;
        this.loop = loop;
        this.eye = eye;
    }

    /** Looks once, with the ways to these peers. */
    void look(Collection<IpAddress> peers, Consumer<Host> told) {
        thread.execute(() -> {
            Host host = eye.apply(peers);
            loop.execute(() -> told.accept(host));
        });
    }
}
