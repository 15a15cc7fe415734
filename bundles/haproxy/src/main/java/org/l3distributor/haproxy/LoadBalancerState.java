// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.l3distributor.net.IpAddress;

/**
 * One load balancer's HAProxy at one moment.
 *
 * @param id the load balancer's
 * @param state what is going on
 * @param since when it began
 * @param masterPid the master process; 0 when there is none
 * @param workerPid the worker that accepts; 0 when there is none. Older ones may be finishing their connections
 * @param running the configuration in use, which may be older than the one on the disk; while {@link State#DOWN} the
 *     one that it is to be started with, and without frontends when none is wanted to run
 * @param stored the configuration on the disk, which the next start or reload takes: the newest upload that checked,
 *     unless it couldn't be started with and what served before was put back
 * @param listening those binds of the running configuration that were seen among the namespace's listening sockets
 * @param answers whether the statistics socket answered when last asked
 * @param reason why it doesn't serve; empty when it does
 */
public record LoadBalancerState(
        String id,
        State state,
        Instant since,
        long masterPid,
        long workerPid,
        HaproxyConfiguration running,
        HaproxyConfiguration stored,
        Set<Bind> listening,
        boolean answers,
        String reason) {
    public LoadBalancerState {
        listening = Set.copyOf(listening);
    }

    public enum State {
        /** Not wanted: never started, or stopped. */
        STOPPED,
        /** Found on the disk when this service started, which looks for its processes: nobody knows yet what runs. */
        SOUGHT,
        STARTING,
        RUNNING,
        /** A new worker is being started; the old one still serves. */
        RELOADING,
        STOPPING,
        /** Wanted, and not there: it is being started again. */
        DOWN
    }

    /** Whether connections are accepted at all: the worker lives, and its statistics socket answers. */
    public boolean alive() {
        return workerPid != 0 && answers && (state == State.RUNNING || state == State.RELOADING);
    }

    /**
     * Whether this address is served: alive, and at least one frontend that binds the address is listening there. A
     * connection that the kernel accepts proves nothing, since its backlog accepts for a stopped process.
     */
    public boolean serves(IpAddress vip) {
        return alive() && listening.stream().anyMatch(bind -> bind.covers(vip));
    }

    /**
     * Why this address isn't served, in words for an operator: {@code HAProxy is not accepting on 203.0.113.10:80}.
     * Empty when it is served, and when {@link #running} doesn't bind it.
     */
    public Optional<String> fault(IpAddress vip) {
        if (serves(vip)) {
            return Optional.empty();
        }
        return running.frontends().stream()
                .flatMap(frontend -> frontend.binds().stream())
                .filter(bind -> bind.covers(vip))
                .findFirst()
                .map(bind -> "HAProxy is not accepting on " + new Bind(vip, bind.port())
                        + (reason.isEmpty() ? "" : " (" + reason + ")"));
    }
}
