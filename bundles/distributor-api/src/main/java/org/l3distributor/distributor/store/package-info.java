// SPDX-License-Identifier: Apache-2.0
/**
 * The port to whatever keeps registrations and overrides over a restart. Calls block on the disk: they are made from
 * the one thread that belongs to the store's client, never from a loop.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.l3distributor.distributor.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
