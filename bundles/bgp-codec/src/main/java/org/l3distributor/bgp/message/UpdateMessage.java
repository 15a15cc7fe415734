// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.message;

import java.util.List;
import org.l3distributor.net.IpPrefix;

/**
 * UPDATE (RFC 4271 section 4.3). IPv4 routes without a multiprotocol attribute stand in the two lists.
 *
 * @param withdrawn IPv4 routes that are no more
 * @param attributes the path attributes of the announced routes; empty when none is announced
 * @param announced IPv4 routes
 */
public record UpdateMessage(List<IpPrefix> withdrawn, PathAttributes attributes, List<IpPrefix> announced)
        implements BgpMessage {
    public UpdateMessage {
        withdrawn = List.copyOf(withdrawn);
        announced = List.copyOf(announced);
    }

    /** The mark "all has been sent" of a family (RFC 4724 section 2). */
    public static UpdateMessage endOfRib(AfiSafi family) {
        PathAttributes attributes = family.equals(AfiSafi.IPV4_UNICAST)
                ? PathAttributes.NONE
                : PathAttributes.of(new PathAttribute.MpUnreach(family, List.of()));
        return new UpdateMessage(List.of(), attributes, List.of());
    }

    @Override
    public MessageType type() {
        return MessageType.UPDATE;
    }
}
