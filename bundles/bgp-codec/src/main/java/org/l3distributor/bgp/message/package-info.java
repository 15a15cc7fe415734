// SPDX-License-Identifier: Apache-2.0
/**
 * BGP messages as immutable values: what a peer said, or what is to be said to it, without bytes and without a session.
 * The codec makes and reads them, the session machine decides by them; any thread may use them.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.l3distributor.bgp.message;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
