// SPDX-License-Identifier: Apache-2.0
/**
 * The HAProxy of each load balancer on this host, as Octavia's amphora agent keeps it, and the heartbeats that tell
 * Octavia how it fares. Called by the load-balancer core from its own thread (any thread will do): no method waits for
 * the disk, the kernel or HAProxy, except those that say so. Stages complete, and listeners are told, on this bundle's
 * own thread; whoever is told must not wait there. Everything handed out is immutable. Nothing here knows of BGP, REST
 * or the agent's configuration.
 */
@Export
@Version("3.1.0")
@NullMarked
package org.l3distributor.haproxy;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
