// SPDX-License-Identifier: Apache-2.0
/**
 * Certificates and keys as text. For whoever serves with them and whoever takes them in; any thread, no I/O.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.l3distributor.net.pem;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
