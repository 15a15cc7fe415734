// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import org.l3distributor.distributor.driver.VipKey;

/**
 * A load balancer's VIPs at the distributor that leads traffic to them.
 *
 * @param driver the distributor's type, which says whose business it is
 */
public record Led(VipKey key, String driver) {}
