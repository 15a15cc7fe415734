// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;

/**
 * A VIP that we put, or try to put, on {@code lo}.
 *
 * @param wanted false while it is being removed
 * @param onLo on a {@code lo} that is up, when last seen
 * @param error what stands between wish and kernel; null when nothing does
 */
public record VipStatus(
        IpAddress vip,
        boolean wanted,
        boolean onLo,
        @Nullable NetnsException error) {}
