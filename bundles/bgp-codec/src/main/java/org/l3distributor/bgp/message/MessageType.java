// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.message;

import java.util.Optional;

/** Message types (RFC 4271 section 4.1, RFC 2918) with the least and the greatest length each may have on the wire. */
public enum MessageType {
    /** 29 octets or more; never extended (RFC 8654 section 4). */
    OPEN(1, 29, 4096),
    UPDATE(2, 23, 65535),
    NOTIFICATION(3, 21, 65535),
    /** The header alone. */
    KEEPALIVE(4, 19, 19),
    /** A family and a subtype; what is not 23 octets long is judged by its subtype (RFC 7313 section 5). */
    ROUTE_REFRESH(5, 22, 65535);

    private final int code;
    private final int minLength;
    private final int maxLength;

    MessageType(int code, int minLength, int maxLength) {
        this.code = code;
        this.minLength = minLength;
        this.maxLength = maxLength;
    }

    /** The type octet. */
    public int code() {
        return code;
    }

    /** Least total length in octets, the 19 of the header included. */
    public int minLength() {
        return minLength;
    }

    /** Greatest total length in octets where extended messages are negotiated. */
    public int maxLength() {
        return maxLength;
    }

    /** The type with this octet; empty when there is none. */
    public static Optional<MessageType> ofCode(int code) {
        return switch (code) {
            case 1 -> Optional.of(OPEN);
            case 2 -> Optional.of(UPDATE);
            case 3 -> Optional.of(NOTIFICATION);
            case 4 -> Optional.of(KEEPALIVE);
            case 5 -> Optional.of(ROUTE_REFRESH);
            default -> Optional.empty();
        };
    }
}
