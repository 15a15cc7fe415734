// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Sends heartbeats to Octavia's health managers, from the process's own network namespace. None is sent until
 * {@link #send} is called: a health manager deletes an amphora of which it hears though it has no load balancer.
 */
@ProviderType
public interface Heartbeats {
    /**
     * Sends at once and then at every interval, until {@link #stop}. New settings replace the old ones; the sequence
     * of numbers goes on, and with the same settings nothing changes. An amphora without load balancers sends empty
     * messages, as it does at boot. A load balancer whose HAProxy doesn't run or doesn't answer is left out, by which
     * Octavia knows that it is dead.
     */
    void send(HeartbeatSettings settings);

    /** Ends it. When this returns, nothing more is sent. */
    void stop();

    HeartbeatStatus status();
}
