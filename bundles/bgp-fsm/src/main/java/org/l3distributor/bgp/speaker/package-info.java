// SPDX-License-Identifier: Apache-2.0
/**
 * A BGP speaker that announces. Called by amphora-core from its own thread (any thread will do): no method waits for
 * the network. Everything handed out is immutable.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.l3distributor.bgp.speaker;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
