// SPDX-License-Identifier: Apache-2.0
/**
 * The BGP peer profile: its text form in sections and keys, the rules, and the checked values. Pure; any thread.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.l3distributor.distributor.profile;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
