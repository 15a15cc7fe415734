// SPDX-License-Identifier: Apache-2.0
/**
 * What users and operators ask a controller for, in the words of Octavia's API (version 2): load balancers, listeners, pools,
 * members and health monitors, the rules for what users send, and the services that adapters ask; and what a controller
 * keeps besides: amphorae, distributors, BGP speakers and peers, tasks. Values are immutable; services may be asked from
 * any thread, and answer at once with a stage.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.l3distributor.distributor.controller;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
