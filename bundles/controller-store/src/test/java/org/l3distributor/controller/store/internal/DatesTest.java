// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatesTest {
    @ParameterizedTest
    @CsvSource({
        "2026-03-29 02:30:15,        2026-03-29T02:30:15Z",
        "2026-03-29 02:30:15.1,      2026-03-29T02:30:15.100Z",
        "2026-03-29 02:30:15.123456, 2026-03-29T02:30:15.123456Z",
        "2026-03-29 02:30:15+00,     2026-03-29T02:30:15Z",
        "2026-03-29 02:30:15.5+02,   2026-03-29T00:30:15.500Z",
        "2026-03-29 02:30:15+05:30,  2026-03-28T21:00:15Z",
        "2039-01-01 00:00:00.000000, 2039-01-01T00:00:00Z"
    })
    void aText_asADatabaseGivesIt_isTheTimeInUtc(String text, Instant instant) {
        assertThat(Dates.instant(text)).isEqualTo(instant);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29T02:30:15Z,           2026-03-29 02:30:15.000000",
        "2026-03-29T02:30:15.123456789Z, 2026-03-29 02:30:15.123456"
    })
    void anInstant_isWrittenToTheMicrosecond(Instant instant, String text) {
        assertThat(Dates.text(instant)).isEqualTo(text);
    }
}
