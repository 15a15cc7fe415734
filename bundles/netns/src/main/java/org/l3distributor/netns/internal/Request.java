// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.HostRoute;
import org.l3distributor.netns.InterfaceNetwork;
import org.l3distributor.netns.MacAddress;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.PluggedInterface;

/** What somebody asked for, and whom to answer. */
sealed interface Request {
    CompletableFuture<?> answer();

    /** What it is about: of two requests about the same, the second one waits until the first one is answered. */
    Set<Object> subjects();

    /** Only opens the namespace. */
    record Open(CompletableFuture<NamespaceSnapshot> answer) implements Request {
        @Override
        public Set<Object> subjects() {
            return Set.of();
        }
    }

    record PlugVip(IpAddress vip, CompletableFuture<NamespaceSnapshot> answer) implements Request {
        @Override
        public Set<Object> subjects() {
            return Set.of(vip);
        }
    }

    record UnplugVip(IpAddress vip, CompletableFuture<NamespaceSnapshot> answer) implements Request {
        @Override
        public Set<Object> subjects() {
            return Set.of(vip);
        }
    }

    /**
     * Plugs the front end or another interface.
     *
     * @param vips only with the front end
     */
    record PlugInterface(
            boolean frontEnd,
            MacAddress mac,
            int mtu,
            List<InterfaceNetwork> networks,
            List<HostRoute> hostRoutes,
            Set<IpAddress> vips,
            CompletableFuture<PluggedInterface> answer)
            implements Request {
        /** Any two interfaces may want the same name. */
        @Override
        public Set<Object> subjects() {
            Set<Object> subjects = new HashSet<>(vips);
            subjects.add(INTERFACES);
            return subjects;
        }
    }

    record UnplugInterface(MacAddress mac, CompletableFuture<NamespaceSnapshot> answer) implements Request {
        @Override
        public Set<Object> subjects() {
            return Set.of(INTERFACES);
        }
    }

    /** The subject of everything about interfaces. */
    String INTERFACES = "interfaces";
}
