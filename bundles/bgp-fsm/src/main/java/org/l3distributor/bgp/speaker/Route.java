// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker;

import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** A prefix and the next hop it is announced with (third-party: not the session's address). */
public record Route(IpPrefix prefix, IpAddress nextHop) {}
