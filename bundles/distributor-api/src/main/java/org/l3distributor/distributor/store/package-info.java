// SPDX-License-Identifier: Apache-2.0
/**
 * The ports to whatever keeps an appliance's registrations and overrides, and a controller's tables, over a restart.
 * Calls block on the disk or a database's server: they are made from threads that belong to the store's clients (of an
 * appliance the one), never from a loop.
 */
@Export
@Version("1.2.0")
@NullMarked
package org.l3distributor.distributor.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
