// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import org.l3distributor.net.IpAddress;

/**
 * A rule by which what has this source address is routed by a table of its own.
 *
 * @param protocol who made it, {@link Route#OURS} for us
 */
public record SourceRule(IpAddress source, int table, int protocol) {
    public boolean isOurs() {
        return protocol == Route.OURS;
    }
}
