// SPDX-License-Identifier: Apache-2.0
/**
 * Immutable network values. Every bundle and every thread may use them; none of them does I/O, and none of them ever
 * asks a name server.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.l3distributor.net;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
