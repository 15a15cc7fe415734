// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.network;

import org.l3distributor.net.IpAddress;

/** An address of a port. */
public record FixedIp(String subnetId, IpAddress address) {}
