// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.ini;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubstitutionTest {
    private static final IniFile FILE = IniParser.parse("""
            [DEFAULT]
            base = /etc
            me = default
            circle = $circle
            [s]
            me = mine
            deep = ${base}/deep
            [t]
            x = 2
            """);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            plain               | plain
            $base/octavia       | /etc/octavia
            ${base}x            | /etcx
            $me                 | mine
            $deep               | /etc/deep
            $t.x                | 2
            a$$b                | a$b
            a\\$b               | a$b
            with $ sign         | with $ sign
            costs $5            | costs $5
            ends in $           | ends in $
            """)
    void apply_ofAValue_replacesWhatOsloReplaces(String value, String expected) {
        assertThat(new Substitution(FILE).apply("s", value)).isEqualTo(expected);
    }

    @Test
    void apply_ofAnUnknownNameOrACircle_givesNothing() {
        assertThat(new Substitution(FILE).apply("s", "p$x")).isNull();
        assertThat(new Substitution(FILE).apply("s", "$circle")).isNull();
    }
}
