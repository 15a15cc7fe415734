// SPDX-License-Identifier: Apache-2.0
/**
 * The port to whoever keeps networks, subnets and ports, in the words of OpenStack's Networking API, and the port through
 * which the driver for a place without one keeps them itself. Drivers are OSGi services with the property
 * {@link org.l3distributor.distributor.network.NetworkDriver#TYPE}. Ids are opaque texts of at most 36 characters. Every
 * method of a driver may be called from any thread and returns at once.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.l3distributor.distributor.network;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
