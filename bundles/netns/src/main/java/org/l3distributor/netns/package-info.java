// SPDX-License-Identifier: Apache-2.0
/**
 * Network namespaces: VIPs on their loopback, the interfaces that are plugged into them, their sockets, and programs
 * in them. Called by load-balancer and haproxy from their own threads (any thread will do): no method waits for the
 * kernel, the disk or a program. Stages complete, and listeners are told, on this bundle's own threads, which live in
 * the process's own namespace; whoever is told must not wait there. Everything handed out is immutable.
 */
@Export
@Version("3.0.0")
@NullMarked
package org.l3distributor.netns;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
