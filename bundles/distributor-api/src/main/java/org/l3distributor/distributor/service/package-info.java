// SPDX-License-Identifier: Apache-2.0
/**
 * The ports that adapters (REST, console, metrics) ask, and those through which configuration arrives. OSGi
 * services; every method may be called from any thread and none of them waits for the network or the disk.
 */
@Export
@Version("1.1.0")
@NullMarked
package org.l3distributor.distributor.service;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
