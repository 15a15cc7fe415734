// SPDX-License-Identifier: Apache-2.0
/**
 * The ports of an appliance that holds a load balancer itself: those that the amphora API asks, and the one through
 * which it tells what it serves. OSGi services; every method may be called from any thread, and none of them waits for
 * the network, the kernel or the disk.
 */
@Export
@Version("2.1.0")
@NullMarked
package org.l3distributor.distributor.amphora;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
