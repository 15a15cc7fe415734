// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.codec;

import java.util.Set;
import org.l3distributor.bgp.message.AfiSafi;

/**
 * What two speakers have agreed, as far as it changes bytes.
 *
 * @param maxMessageLength 4096, or 65535 where both speak extended messages (RFC 8654)
 * @param fourOctetAs both speak four-octet AS numbers (RFC 6793)
 * @param internal the peer is in the same AS: LOCAL_PREF, ORIGINATOR_ID and CLUSTER_LIST are taken from it
 * @param families families whose routes may be received; routes of others are ignored
 */
public record CodecOptions(int maxMessageLength, boolean fourOctetAs, boolean internal, Set<AfiSafi> families) {
    /** Greatest length of a message without extended messages, and of every OPEN and KEEPALIVE. */
    public static final int STANDARD_LENGTH = 4096;

    /** Greatest length with extended messages. */
    public static final int EXTENDED_LENGTH = 65535;

    /** Before both OPENs have been seen. */
    public static final CodecOptions BEFORE_OPEN =
            new CodecOptions(STANDARD_LENGTH, false, false, Set.of(AfiSafi.IPV4_UNICAST));

    public CodecOptions {
        families = Set.copyOf(families);
        if (maxMessageLength != STANDARD_LENGTH && maxMessageLength != EXTENDED_LENGTH) {
            throw new IllegalArgumentException("the greatest length is 4096 or 65535, got " + maxMessageLength);
        }
    }

    public CodecOptions withExtendedMessages(boolean extended) {
        int length = extended ? EXTENDED_LENGTH : STANDARD_LENGTH;
        return new CodecOptions(length, fourOctetAs, internal, families);
    }

    public CodecOptions withFourOctetAs(boolean fourOctets) {
        return new CodecOptions(maxMessageLength, fourOctets, internal, families);
    }

    public CodecOptions withInternal(boolean sameAs) {
        return new CodecOptions(maxMessageLength, fourOctetAs, sameAs, families);
    }

    public CodecOptions withFamilies(Set<AfiSafi> received) {
        return new CodecOptions(maxMessageLength, fourOctetAs, internal, received);
    }

    /** Octets of an AS number in AS_PATH and AGGREGATOR. */
    int asWidth() {
        return fourOctetAs ? 4 : 2;
    }
}
