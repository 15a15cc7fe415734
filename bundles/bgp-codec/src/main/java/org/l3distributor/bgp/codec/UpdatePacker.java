// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;
import java.util.Iterator;
import org.l3distributor.bgp.message.PathAttributes;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/**
 * Writes UPDATEs that carry as many routes as fit: routes with equal attributes share a message. The attributes are encoded
 * once, and no object is made per route. Immutable, for any thread.
 */
public final class UpdatePacker {
    private UpdatePacker() {}

    /**
     * A packer of announcements. IPv4 routes go into the NLRI field, IPv6 ones into MP_REACH_NLRI with the global next hop
     * alone.
     *
     * @param attributes all but NEXT_HOP and the multiprotocol ones; in ascending order of type
     * @param nextHop of the family of the routes
     */
    public static UpdatePacker announcing(PathAttributes attributes, IpAddress nextHop, CodecOptions options) {
        throw new UnsupportedOperationException();
    }

    /** A packer of withdrawals. */
    public static UpdatePacker withdrawing(AddressFamily family, CodecOptions options) {
        throw new UnsupportedOperationException();
    }

    /**
     * Appends one UPDATE with as many of the next routes as fit; nothing when there are none.
     *
     * @param prefixes routes of the packer's family; only those written are taken from it
     * @return the number of routes written
     */
    public int packOne(Iterator<IpPrefix> prefixes, ByteBuf out) {
        throw new UnsupportedOperationException();
    }

    /**
     * Appends UPDATEs until no route is left.
     *
     * @return the number of messages written
     */
    public int packAll(Iterator<IpPrefix> prefixes, ByteBuf out) {
        throw new UnsupportedOperationException();
    }
}
