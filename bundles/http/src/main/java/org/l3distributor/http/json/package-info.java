// SPDX-License-Identifier: Apache-2.0
/**
 * Strict JSON for whoever serves an API: nothing is guessed, coerced or ignored, and every fault is named. Any thread.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.l3distributor.http.json;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
