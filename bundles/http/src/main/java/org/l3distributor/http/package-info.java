// SPDX-License-Identifier: Apache-2.0
/**
 * The word between the API and its listener. Whoever serves requests registers {@link ApiAnswers}; the listener opens
 * the port while it stands. Called on whichever thread registers services.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.l3distributor.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
