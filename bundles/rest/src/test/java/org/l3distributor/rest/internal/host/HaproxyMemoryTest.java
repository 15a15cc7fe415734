// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HaproxyMemoryTest {
    private static final long HEAP = 256L * 1024 * 1024;

    private static long told(long total, long available, long shared) {
        return HaproxyMemory.kilobytes(Map.of("MemTotal", total, "MemAvailable", available, "Shmem", shared), HEAP);
    }

    /** Three caches of two fifths each, together, must fit beside the appliance. */
    @Test
    void threeCaches_onASmallAmphora_fitIntoWhatIsLeft() {
        long total = 1_012_868;
        long told = told(total, 600_000, 0);
        assertThat(told).isBetween(300_000L, 420_000L);
        assertThat(told * 2 / 5 * 3).isLessThanOrEqualTo(total - 512 * 1024);
    }

    @Test
    void whatIsTold_isBoundedByWhatIsAvailableNow() {
        assertThat(told(2_000_000, 120_000, 0)).isEqualTo(100_000);
    }

    @Test
    void aCacheThatIsThere_isNoReasonForASmallerOne() {
        assertThat(told(1_012_868, 400_000, 200_000)).isEqualTo(told(1_012_868, 600_000, 0));
    }

    @Test
    void aLargeHost_isToldNoMoreThanTheBound() {
        assertThat(told(24_683_620, 23_441_056, 0)).isEqualTo(HaproxyMemory.MOST);
    }

    @Test
    void aHostWithoutRoom_isToldZero() {
        assertThat(told(400_000, 100_000, 0)).isZero();
    }
}
