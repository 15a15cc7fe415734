// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import org.l3distributor.net.IpAddress;

/**
 * A plugged VIP came or went, whoever did it.
 *
 * @param onLo true when it is now on a {@code lo} that is up; false when it isn't any more, or may not be: the
 *     namespace can't be read
 */
public record VipEvent(String namespace, IpAddress vip, boolean onLo) {}
