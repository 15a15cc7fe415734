// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal.ini;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IniParserTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            key = value           | value
            key=value             | value
            key: value            | value
            key : a = b           | a = b
            key = a:b             | a:b
            key = ::              | ::
            key = a # b ; c       | a # b ; c
            key = "quoted text"   | quoted text
            key = 'quoted text'   | quoted text
            key = "half           | "half
            key = 'a"             | 'a"
            key = ""              | ``
            key = "               | ``
            key =                 | ``
            key = s3cr3t, with comma % and $ sign | s3cr3t, with comma % and $ sign
            """)
    void parse_ofOneLine_readsTheValueAsOsloDoes(String line, String value) {
        assertThat(IniParser.parse("[s]\n" + line).raw("s", "key")).isEqualTo(value);
    }

    @Test
    void parse_ofComments_skipsWholeLinesOnly() {
        IniFile file = IniParser.parse("# a = 1\n[s]\n;b = 2\n#c\nd = 4\n");
        assertThat(file.faults()).isEmpty();
        assertThat(file.sections()).hasSize(1);
        assertThat(file.sections().get(0).entries()).hasSize(1);
    }

    @Test
    void parse_ofIndentedLines_continuesTheValue() {
        IniFile file = IniParser.parse("[s]\npeers = a,\n  b,\n\tc\n\nnext = 1\n");
        assertThat(file.faults()).isEmpty();
        assertThat(file.raw("s", "peers")).isEqualTo("a,\nb,\nc");
        assertThat(file.raw("s", "next")).isEqualTo("1");
    }

    @Test
    void parse_afterABlankLine_refusesAContinuation() {
        assertThat(IniParser.parse("[s]\na = 1\n\n  2\n").faults())
                .containsExactly(new IniFile.LineFault(
                        4, "s", "an indented line continues the value above it, and there is none"));
    }

    @Test
    void raw_ofRepetitions_givesTheLast() {
        IniFile file = IniParser.parse("[s]\na = 1\na = 2\n[t]\na = 9\n[s]\na = 3\nA = 4\n");
        assertThat(file.raw("s", "a")).isEqualTo("3");
        assertThat(file.raw("s", "A")).isEqualTo("4");
        assertThat(file.raw("S", "a")).isNull();
        assertThat(file.sections()).hasSize(3);
    }

    @Test
    void parse_ofWrongLines_namesEachLineAndNeverQuotesIt() {
        IniFile file = IniParser.parse("hunter2 = x\n[s\n[]\n[s]\nhunter2\n= hunter2\n");
        assertThat(file.faults()).extracting(IniFile.LineFault::line).containsExactly(1, 2, 3, 5, 6);
        assertThat(file.faults().toString()).doesNotContain("hunter2");
    }

    @Test
    void parse_ofForeignLineEndsAndAByteOrderMark_readsThem() {
        IniFile file = IniParser.parse("\uFEFF[s]\r\na = 1  \r\nb = 2\rc = 3");
        assertThat(file.faults()).isEmpty();
        assertThat(file.raw("s", "a")).isEqualTo("1");
        assertThat(file.raw("s", "c")).isEqualTo("3");
        assertThat(file.sections().get(0).entries().get(2).line()).isEqualTo(4);
    }

    @Test
    void toString_ofAnEntry_hidesTheValue() {
        assertThat(IniParser.parse("[s]\nkey = hunter2").toString()).doesNotContain("hunter2");
    }
}
