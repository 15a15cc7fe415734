// SPDX-License-Identifier: Apache-2.0
/**
 * Octavia's heartbeats as values and as datagrams. Pure functions, called from whatever thread sends or receives; nothing
 * here waits.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.l3distributor.heartbeat;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
