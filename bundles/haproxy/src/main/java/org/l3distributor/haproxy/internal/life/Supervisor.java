// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.io.IOException;
import java.util.OptionalLong;
import org.l3distributor.haproxy.internal.files.LoadBalancerFiles;

/**
 * Who holds HAProxy's master process: this service itself, or systemd. All methods wait, for some seconds at most;
 * calls for one load balancer come one after another.
 */
interface Supervisor {
    /**
     * Starts a master.
     *
     * @param peer HAProxy's name among its peers
     * @return its pid; it may not be ready yet, and may end again
     * @throws IOException when it couldn't be started, in words for whoever asked
     */
    long start(LoadBalancerFiles files, String peer) throws IOException;

    /** Makes the master start a new worker; that it is ready shows elsewhere. */
    void reload(LoadBalancerFiles files, long master) throws IOException;

    /** Ends the master with all its workers, and returns when they are gone. */
    void stop(LoadBalancerFiles files, long master) throws IOException;

    /** The master that runs for this load balancer now, whoever started it. */
    OptionalLong master(LoadBalancerFiles files) throws IOException;
}
