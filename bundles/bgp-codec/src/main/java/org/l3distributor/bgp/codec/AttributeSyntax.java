// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Whether the value of an attribute is well-formed (RFC 7606 section 7). The routes in it are not looked at. */
final class AttributeSyntax {
    private AttributeSyntax() {}

    /**
     * What is wrong with an attribute, and what that leads to; null when nothing is. Of a multiprotocol one only the flags
     * are looked at.
     */
    static @Nullable AttributeFault fault(
            AttributeRule rule, ByteBuf in, AttributeCursor cursor, CodecOptions options) {
        if (rule.isInternalOnly() && !options.internal()) {
            return rule.fault(Treatment.ATTRIBUTE_DISCARD, "came from another AS");
        }
        if (!rule.flagsFit(cursor.flags())) {
            return rule.fault(Treatment.TREAT_AS_WITHDRAW, "flags"); // RFC 7606 section 3 c
        }
        String reason = value(rule, in, cursor, options);
        return reason == null ? null : rule.fault(rule.treatment, reason);
    }

    private static @Nullable String value(
            AttributeRule rule, ByteBuf in, AttributeCursor cursor, CodecOptions options) {
        int length = cursor.length();
        if (!rule.lengthFits(length)) {
            return length(length);
        }
        return switch (rule) {
            case ORIGIN -> origin(in.getUnsignedByte(cursor.value()));
            case AS_PATH -> AsPathSyntax.fault(in, cursor.value(), cursor.end(), options.asWidth());
            case NEXT_HOP -> nextHop(in.getUnsignedByte(cursor.value()));
            case ATOMIC_AGGREGATE -> length == 0 ? null : length(length);
            case AGGREGATOR ->
                length == options.asWidth() + 4
                        ? aggregator(AsPathSyntax.number(in, cursor.value(), options.asWidth()))
                        : length(length);
            case AS4_PATH -> options.fourOctetAs() ? fromNewSpeaker() : as4Path(in, cursor);
            case AS4_AGGREGATOR ->
                options.fourOctetAs() ? fromNewSpeaker() : aggregator(in.getUnsignedInt(cursor.value()));
            default -> null;
        };
    }

    private static String length(int length) {
        return length + " octets long";
    }

    private static @Nullable String origin(int value) {
        return value <= 2 ? null : "value " + value;
    }

    /** RFC 4271 section 6.3: a valid host address; 0/8, multicast and above can't be one. */
    private static @Nullable String nextHop(int firstOctet) {
        return firstOctet > 0 && firstOctet < 224 ? null : "not a host address";
    }

    private static @Nullable String aggregator(long as) {
        return as == 0 ? "AS 0" : null; // RFC 7607
    }

    private static @Nullable String as4Path(ByteBuf in, AttributeCursor cursor) {
        return cursor.length() == 0 ? length(0) : AsPathSyntax.fault(in, cursor.value(), cursor.end(), 4);
    }

    /** RFC 6793 section 4.1: a four-octet speaker has no use for it. */
    private static String fromNewSpeaker() {
        return "came from a four-octet speaker";
    }
}
