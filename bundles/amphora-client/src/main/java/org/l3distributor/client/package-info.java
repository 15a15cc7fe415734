// SPDX-License-Identifier: Apache-2.0
/**
 * Calls the API of amphorae. For whoever drives them; every method may be called from any thread and none waits. Stages
 * complete on a thread of the client's, so what follows them must not wait either.
 */
@Export
@Version("1.2.0")
@NullMarked
package org.l3distributor.client;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
