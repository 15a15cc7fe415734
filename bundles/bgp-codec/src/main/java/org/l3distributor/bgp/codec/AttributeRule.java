// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import org.jspecify.annotations.Nullable;

/**
 * The path attributes whose syntax is checked, with what RFC 7606 section 7 demands of each. An attribute's length is
 * either {@code unit}, or a multiple of it other than 0, or (unit 0) a matter of its own.
 */
enum AttributeRule {
    ORIGIN(1, Flags.WELL_KNOWN, 1, false, Treatment.TREAT_AS_WITHDRAW),
    AS_PATH(2, Flags.WELL_KNOWN, 0, false, Treatment.TREAT_AS_WITHDRAW),
    NEXT_HOP(3, Flags.WELL_KNOWN, 4, false, Treatment.TREAT_AS_WITHDRAW),
    MULTI_EXIT_DISC(4, Flags.OPTIONAL, 4, false, Treatment.TREAT_AS_WITHDRAW),
    LOCAL_PREF(5, Flags.WELL_KNOWN, 4, false, Treatment.TREAT_AS_WITHDRAW),
    ATOMIC_AGGREGATE(6, Flags.WELL_KNOWN, 0, false, Treatment.ATTRIBUTE_DISCARD),
    AGGREGATOR(7, Flags.OPTIONAL_TRANSITIVE, 0, false, Treatment.ATTRIBUTE_DISCARD),
    COMMUNITIES(8, Flags.OPTIONAL_TRANSITIVE, 4, true, Treatment.TREAT_AS_WITHDRAW),
    ORIGINATOR_ID(9, Flags.OPTIONAL, 4, false, Treatment.TREAT_AS_WITHDRAW),
    CLUSTER_LIST(10, Flags.OPTIONAL, 4, true, Treatment.TREAT_AS_WITHDRAW),
    MP_REACH_NLRI(14, Flags.OPTIONAL, 0, false, Treatment.TREAT_AS_WITHDRAW),
    MP_UNREACH_NLRI(15, Flags.OPTIONAL, 0, false, Treatment.TREAT_AS_WITHDRAW),
    EXTENDED_COMMUNITIES(16, Flags.OPTIONAL_TRANSITIVE, 8, true, Treatment.TREAT_AS_WITHDRAW),
    AS4_PATH(17, Flags.OPTIONAL_TRANSITIVE, 0, false, Treatment.ATTRIBUTE_DISCARD),
    AS4_AGGREGATOR(18, Flags.OPTIONAL_TRANSITIVE, 8, false, Treatment.ATTRIBUTE_DISCARD),
    IPV6_EXTENDED_COMMUNITIES(25, Flags.OPTIONAL_TRANSITIVE, 20, true, Treatment.TREAT_AS_WITHDRAW),
    LARGE_COMMUNITIES(32, Flags.OPTIONAL_TRANSITIVE, 12, true, Treatment.TREAT_AS_WITHDRAW);

    private static final @Nullable AttributeRule[] BY_TYPE = new AttributeRule[256];

    static {
        for (AttributeRule rule : values()) {
            BY_TYPE[rule.type] = rule;
        }
    }

    final int type;
    final int flags;
    final Treatment treatment;
    private final int unit;
    private final boolean many;

    AttributeRule(int type, int flags, int unit, boolean many, Treatment treatment) {
        this.type = type;
        this.flags = flags;
        this.unit = unit;
        this.many = many;
        this.treatment = treatment;
    }

    /** The rule of a type; null for an attribute that is not interpreted. */
    static @Nullable AttributeRule of(int type) {
        return BY_TYPE[type];
    }

    boolean flagsFit(int actual) {
        return (actual & Flags.OPTIONAL_TRANSITIVE) == flags;
    }

    boolean lengthFits(int length) {
        return unit == 0 || (many ? length > 0 && length % unit == 0 : length == unit);
    }

    /** From another AS it is dropped unread (RFC 7606 sections 7.5, 7.9, 7.10). */
    boolean isInternalOnly() {
        return this == LOCAL_PREF || this == ORIGINATOR_ID || this == CLUSTER_LIST;
    }

    /** They carry routes, so that what is wrong in them mostly ends the session. */
    boolean isMultiprotocol() {
        return this == MP_REACH_NLRI || this == MP_UNREACH_NLRI;
    }

    AttributeFault fault(Treatment leadsTo, String reason) {
        return new AttributeFault(type, leadsTo, this + ": " + reason);
    }

    /** The two upper bits of the flags octet. Only these can conflict (RFC 7606 section 3 c). */
    static final class Flags {
        static final int OPTIONAL = 0x80;
        static final int WELL_KNOWN = 0x40;
        static final int OPTIONAL_TRANSITIVE = OPTIONAL | WELL_KNOWN;

        private Flags() {}
    }
}
