// SPDX-License-Identifier: Apache-2.0
/**
 * The port to whatever distributes a VIP's traffic over its amphorae, one driver for each type of distributor, and the
 * port through which a driver keeps what is wanted. Drivers are OSGi services with the property
 * {@link org.l3distributor.distributor.driver.DistributorDriver#TYPE}; they may come and go while the controller runs.
 * Every method may be called from any thread, and none of a driver's waits for the network or the disk.
 */
@Export
@Version("1.1.0")
@NullMarked
package org.l3distributor.distributor.driver;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
