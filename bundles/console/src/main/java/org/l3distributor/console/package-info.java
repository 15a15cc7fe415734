// SPDX-License-Identifier: Apache-2.0
/**
 * What commands over ports are made of, here and in other bundles: finding ports, waiting for answers, tables and lines for
 * people, JSON for programs, and saying why not.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.l3distributor.console;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
