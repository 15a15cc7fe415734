// SPDX-License-Identifier: Apache-2.0
/**
 * BGP bytes to messages and back. The shell of the speaker calls it on a peer's event loop. Everything here is a function
 * of its arguments: no I/O, no clock, no log, no memory of a session. What a peer got wrong is a value, never an exception.
 * No buffer handed in is retained or released.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.l3distributor.bgp.codec;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
