// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.BgpError;
import org.l3distributor.net.AddressFamily;

/**
 * Reads an UPDATE strictly (RFC 4271 section 6.3 as revised by RFC 7606), counts its routes, and keeps nothing of them. The
 * garbage it makes is that of one message, however many routes there are.
 */
final class UpdateJudge {
    /** Fault of the attribute list itself. */
    private static final int NO_TYPE = 0;

    private final ByteBuf body;
    private final CodecOptions options;
    private final BitSet seen = new BitSet(64);
    private final List<AttributeFault> faults = new ArrayList<>(0);
    private int announcedIpv4;
    private int withdrawnIpv4;
    private int announcedIpv6;
    private int withdrawnIpv6;
    private @Nullable AfiSafi unreachFamily;
    private boolean unreachEmpty;
    private boolean cutOff;

    UpdateJudge(ByteBuf body, CodecOptions options) {
        this.body = body;
        this.options = options;
    }

    Decoded judge() {
        UpdateLayout layout = UpdateLayout.of(body);
        if (layout == null) {
            return ProtocolError.of(BgpError.MALFORMED_ATTRIBUTE_LIST, "the lengths exceed the message");
        }
        int withdrawn = Nlri.count(body, UpdateLayout.WITHDRAWN, layout.withdrawnEnd(), 32);
        int announced = Nlri.count(body, layout.attributesEnd(), layout.end(), 32);
        if (withdrawn < 0 || announced < 0) {
            return ProtocolError.of(BgpError.INVALID_NETWORK_FIELD, "the prefixes can't be told apart");
        }
        withdrawnIpv4 += withdrawn;
        announcedIpv4 += announced;
        ProtocolError error = attributes(new AttributeCursor(body, layout));
        if (error != null) {
            return error;
        }
        boolean announces = announced > 0 || seen.get(AttributeRule.MP_REACH_NLRI.type);
        if (announces) {
            checkMandatory(announced > 0);
        }
        return verdict(layout, announces);
    }

    private @Nullable ProtocolError attributes(AttributeCursor cursor) {
        while (cursor.advance()) {
            ProtocolError error = attribute(cursor);
            if (error != null) {
                return error;
            }
        }
        if (cursor.isCutOff()) {
            cutOff = true;
            faults.add(new AttributeFault(
                    NO_TYPE,
                    Treatment.TREAT_AS_WITHDRAW,
                    "the attributes don't fill their field")); // RFC 7606 section 4
        }
        return null;
    }

    private @Nullable ProtocolError attribute(AttributeCursor cursor) {
        int type = cursor.type();
        AttributeRule rule = AttributeRule.of(type);
        if (seen.get(type)) {
            return repeated(type, rule != null && rule.isMultiprotocol());
        }
        seen.set(type);
        if (rule == null) {
            boolean wellKnown = (cursor.flags() & AttributeRule.Flags.OPTIONAL) == 0;
            return wellKnown
                    ? ProtocolError.of(
                            BgpError.UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE, cursor.quote(), "path attribute " + type)
                    : null;
        }
        AttributeFault fault = AttributeSyntax.fault(rule, body, cursor, options);
        if (fault != null) {
            faults.add(fault);
        }
        return switch (rule) {
            case MP_REACH_NLRI -> reach(cursor);
            case MP_UNREACH_NLRI -> unreach(cursor);
            default -> null;
        };
    }

    /** RFC 7606 section 3 g. */
    private @Nullable ProtocolError repeated(int type, boolean multiprotocol) {
        if (multiprotocol) {
            return ProtocolError.of(BgpError.MALFORMED_ATTRIBUTE_LIST, "path attribute " + type + " occurs twice");
        }
        faults.add(new AttributeFault(type, Treatment.ATTRIBUTE_DISCARD, "occurs again"));
        return null;
    }

    /** RFC 4760 section 3, RFC 7606 section 7.11. */
    private @Nullable ProtocolError reach(AttributeCursor cursor) {
        if (cursor.length() < 5) {
            return malformed(cursor, "MP_REACH_NLRI is too short");
        }
        Optional<AddressFamily> family = spoken(cursor.family());
        int nextHopLength = body.getUnsignedByte(cursor.value() + 3);
        int nlri = cursor.value() + 4 + nextHopLength + 1;
        if (nlri > cursor.end()) {
            return malformed(cursor, "the next hop exceeds MP_REACH_NLRI");
        }
        if (family.isEmpty()) {
            return null; // not agreed on: not even its next hop can be judged
        }
        if (!nextHopFits(family.get(), nextHopLength)) {
            return malformed(cursor, "a next hop of " + nextHopLength + " octets");
        }
        int count = Nlri.count(body, nlri, cursor.end(), family.get().bits());
        if (count < 0) {
            return malformed(cursor, "the prefixes of MP_REACH_NLRI can't be told apart");
        }
        announcedIpv4 += family.get() == AddressFamily.IPV4 ? count : 0;
        announcedIpv6 += family.get() == AddressFamily.IPV6 ? count : 0;
        return null;
    }

    /** RFC 2545 section 3: an IPv6 next hop may bring its link-local companion. */
    private static boolean nextHopFits(AddressFamily family, int length) {
        return length == family.bytes() || (family == AddressFamily.IPV6 && length == 32);
    }

    /** RFC 4760 section 4, RFC 7606 section 7.12. */
    private @Nullable ProtocolError unreach(AttributeCursor cursor) {
        if (cursor.length() < 3) {
            return malformed(cursor, "MP_UNREACH_NLRI is too short");
        }
        unreachFamily = cursor.family();
        unreachEmpty = cursor.length() == 3;
        Optional<AddressFamily> family = spoken(unreachFamily);
        if (family.isEmpty()) {
            return null;
        }
        int count =
                Nlri.count(body, cursor.value() + 3, cursor.end(), family.get().bits());
        if (count < 0) {
            return malformed(cursor, "the prefixes of MP_UNREACH_NLRI can't be told apart");
        }
        withdrawnIpv4 += family.get() == AddressFamily.IPV4 ? count : 0;
        withdrawnIpv6 += family.get() == AddressFamily.IPV6 ? count : 0;
        return null;
    }

    private Optional<AddressFamily> spoken(AfiSafi family) {
        return options.families().contains(family) ? family.unicastFamily() : Optional.empty();
    }

    private static ProtocolError malformed(AttributeCursor cursor, String reason) {
        return ProtocolError.of(BgpError.OPTIONAL_ATTRIBUTE_ERROR, cursor.quote(), reason);
    }

    /** RFC 7606 section 3 d; NEXT_HOP belongs to the NLRI field alone (RFC 4760 section 3). */
    private void checkMandatory(boolean nlriField) {
        demand(AttributeRule.ORIGIN);
        demand(AttributeRule.AS_PATH);
        if (nlriField) {
            demand(AttributeRule.NEXT_HOP);
        }
    }

    private void demand(AttributeRule rule) {
        if (!seen.get(rule.type)) {
            faults.add(rule.fault(Treatment.TREAT_AS_WITHDRAW, "missing"));
        }
    }

    private Decoded verdict(UpdateLayout layout, boolean announces) {
        InboundUpdate update =
                new InboundUpdate(announcedIpv4, withdrawnIpv4, announcedIpv6, withdrawnIpv6, faults, endOfRib(layout));
        if (update.treatment() != Treatment.TREAT_AS_WITHDRAW) {
            return new Decoded.Update(update);
        }
        boolean onlyUnreach = !cutOff && seen.cardinality() == 1 && seen.get(AttributeRule.MP_UNREACH_NLRI.type);
        if (!announces && !onlyUnreach) {
            // RFC 7606 section 5.2: the routes that should be withdrawn may be in what could not be read
            return ProtocolError.of(BgpError.MALFORMED_ATTRIBUTE_LIST, "no routes, and " + faults);
        }
        return new Decoded.Update(
                new InboundUpdate(0, withdrawnIpv4 + announcedIpv4, 0, withdrawnIpv6 + announcedIpv6, faults, null));
    }

    private @Nullable AfiSafi endOfRib(UpdateLayout layout) {
        if (layout.isEmpty()) {
            return AfiSafi.IPV4_UNICAST;
        }
        boolean alone = seen.cardinality() == 1 && withdrawnIpv4 + announcedIpv4 == 0 && faults.isEmpty();
        return alone && unreachEmpty ? unreachFamily : null;
    }
}
