// SPDX-License-Identifier: Apache-2.0
/**
 * VIPs on the loopback of a network namespace. Called by amphora-core from its own thread (any thread will do): no
 * method waits for the kernel or the disk. Stages complete, and listeners are told, on this bundle's notifying thread,
 * which lives in the process's own namespace; whoever is told must not wait there. Everything handed out is immutable.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.l3distributor.netns;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
