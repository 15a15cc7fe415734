// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With Python's own pickles. */
class PickleTest {
    private static String python(String code) throws Exception {
        Process process = new ProcessBuilder("/usr/bin/python3", "-c", "import pickle\n" + code)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void dictsOfTexts_ofEveryProtocol_areRead(int protocol) throws Exception {
        String dumped = python("for d in [{}, {'X-Forwarded-For': 'true'}, {'a': 'x', 'b': 'x', 'ü' * 300: 'true'}]:"
                + " print(pickle.dumps(d, " + protocol + ").hex())");
        String[] lines = dumped.split("\n");
        assertThat(Pickle.read(HexFormat.of().parseHex(lines[0]), "row")).isEmpty();
        assertThat(Pickle.read(HexFormat.of().parseHex(lines[1]), "row")).isEqualTo(Map.of("X-Forwarded-For", "true"));
        assertThat(Pickle.read(HexFormat.of().parseHex(lines[2]), "row"))
                .isEqualTo(Map.of("a", "x", "b", "x", "ü".repeat(300), "true"));
    }

    @Test
    void whatIsWritten_isReadByPython() throws Exception {
        Map<String, String> headers = Map.of("X-Forwarded-For", "true", "ü", "false");
        String hex = HexFormat.of().formatHex(Pickle.write(headers));
        assertThat(python("print(sorted(pickle.loads(bytes.fromhex('" + hex + "')).items()))"))
                .isEqualTo("[('X-Forwarded-For', 'true'), ('ü', 'false')]");
        assertThat(Pickle.read(Pickle.write(headers), "row")).isEqualTo(headers);
        assertThat(Pickle.write(Map.of())).isNull();
        assertThat(Pickle.read(null, "row")).isEmpty();
    }

    @Test
    void aProgram_isRefused() throws Exception {
        byte[] program = HexFormat.of()
                .parseHex(python("class P:\n"
                        + "  def __reduce__(self):\n    import os\n    return (os.system, ('true',))\n"
                        + "print(pickle.dumps(P()).hex())"));
        assertThatThrownBy(() -> Pickle.read(program, "listener 1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("listener 1: insert_headers isn't a pickled dict of texts");
    }

    @Test
    void garbage_isAFaultOfTheRowAndNothingElse() {
        Random random = new Random(1);
        byte[] good = Pickle.write(Map.of("X-Forwarded-For", "true", "b", "c"));
        for (int i = 0; i < 5000; i++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length));
            for (int j = 0; j < bad.length / 8; j++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            try {
                Pickle.read(bad, "row");
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageStartingWith("row: ");
            }
        }
    }
}
