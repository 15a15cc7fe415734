// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Where the three fields of an UPDATE lie in its body (RFC 4271 section 4.3): withdrawn routes from octet 2 to
 * {@code withdrawnEnd}, attributes from two octets later to {@code attributesEnd}, and routes from there to {@code end}.
 */
record UpdateLayout(int withdrawnEnd, int attributesEnd, int end) {
    static final int WITHDRAWN = 2;

    /** The layout; null when a length field exceeds the body, which has at least 4 octets. */
    static @Nullable UpdateLayout of(ByteBuf body) {
        int end = body.writerIndex();
        int withdrawnEnd = WITHDRAWN + body.getUnsignedShort(0);
        if (withdrawnEnd + 2 > end) {
            return null;
        }
        int attributesEnd = withdrawnEnd + 2 + body.getUnsignedShort(withdrawnEnd);
        return attributesEnd > end ? null : new UpdateLayout(withdrawnEnd, attributesEnd, end);
    }

    int attributes() {
        return withdrawnEnd + 2;
    }

    boolean isEmpty() {
        return end == 4;
    }
}
