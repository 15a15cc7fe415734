// SPDX-License-Identifier: Apache-2.0
/**
 * The words of the distributor: registrations, route states, refusals, looking-glass views. Immutable values; any
 * thread.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.l3distributor.distributor.model;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
