// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own: the library is loaded once in each. */
class NativeLibraryTest {
    @TempDir
    Path directory;

    @Test
    void libraryThatCanNotBeUnpacked_isToldEachTime_andLoadedOnceItCan() throws Exception {
        Path obstacle = Files.createDirectories(directory.resolve("libsqlitejdbc.so.new"));
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + directory.resolve("no-such-folder"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MendingProcess.class.getName(),
                        directory.toString(),
                        obstacle.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> said = child.inputReader(StandardCharsets.UTF_8).lines().toList();

        assertThat(said).hasSize(3);
        assertThat(said.subList(0, 2))
                .allSatisfy(line -> assertThat(line)
                        .startsWith("load SQLite's native library from " + directory)
                        .contains("No native library found"));
        assertThat(said.get(2)).isEqualTo("open, 0 registrations");
        assertThat(child.waitFor()).isZero();
    }
}
