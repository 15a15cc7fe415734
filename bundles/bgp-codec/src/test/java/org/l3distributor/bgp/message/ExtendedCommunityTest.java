// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.l3distributor.net.AsNumber;

class ExtendedCommunityTest {
    private static final AsNumber AS = new AsNumber(65000);

    /** 4974 2400 is 1,000,000 as an IEEE 754 single. */
    @Test
    void linkBandwidth_isTheTypeTheAsAndAnIeeeFloat_inBothForms() {
        assertThat(ExtendedCommunity.linkBandwidth(false, AS, 1_000_000)).hasToString("4004fde849742400");
        assertThat(ExtendedCommunity.linkBandwidth(true, AS, 1_000_000)).hasToString("0004fde849742400");
    }

    @Test
    void linkBandwidth_ofAFourOctetAs_isSaidByAsTrans() {
        assertThat(ExtendedCommunity.linkBandwidth(true, new AsNumber(4_200_000_000L), 0))
                .hasToString("00045ba000000000");
    }

    @Test
    void linkBandwidth_comesBackAsItWas_andNothingElseIsTakenForOne() {
        Random random = new Random(4360);
        for (int round = 0; round < 10_000; round++) {
            float said = random.nextFloat() * (1 << random.nextInt(31));
            ExtendedCommunity community = ExtendedCommunity.linkBandwidth(random.nextBoolean(), AS, said);
            assertThat(community.linkBandwidth()).hasValue(said);
            long otherType = community.value() ^ (1L << (48 + random.nextInt(14)));
            assertThat(new ExtendedCommunity(otherType).linkBandwidth()).isEmpty();
        }
    }

    @Test
    void bandwidthThatIsNoNumber_isRefusedToWrite_andNoneToRead() {
        for (float bad : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> ExtendedCommunity.linkBandwidth(true, AS, bad))
                    .isInstanceOf(IllegalArgumentException.class);
            long value = (0x0004fde8L << 32) | (Float.floatToRawIntBits(bad) & 0xFFFF_FFFFL);
            assertThat(new ExtendedCommunity(value).linkBandwidth()).isEmpty();
        }
    }
}
