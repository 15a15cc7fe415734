// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts start where nothing was ever built: a copy of them without any {@code target}, and a Maven that only says its call. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FreshCloneTest {
    /** How the Maven that stands in for the real one ends; unlike any end that the scripts have by themselves. */
    private static final int MAVEN_ENDED = 93;

    @TempDir
    Path clone;

    private record Ended(int status, String said) {}

    @BeforeEach
    void copyScripts() throws IOException {
        for (String part : List.of("lab", "bench", "tools", "pom.xml")) {
            copy(Path.of("..", part), clone.resolve(part));
        }
        for (String part : List.of("bundles", "features", "assembly", "path")) {
            Files.createDirectory(clone.resolve(part));
        }
        Path maven = clone.resolve("path/mvn");
        Files.writeString(maven, "#!/bin/sh\necho \"maven: $*\"\nexit " + MAVEN_ENDED + "\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwx------"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab/run", "lab/run dedicated", "lab/run cluster"})
    void lab_buildsFirst(String command) throws Exception {
        Ended ended = run(command.split(" "));
        assertThat(ended.said()).contains("Building the distribution", "maven: --batch-mode --quiet package");
        assertThat(ended.status()).isEqualTo(MAVEN_ENDED);
    }

    @Test
    void lab_buildsAgain_whenASourceIsNewerThanTheArchive() throws Exception {
        Path archive = Files.createDirectory(clone.resolve("assembly/target")).resolve("l3-distributor-1.tar.gz");
        Files.writeString(archive, "built from older sources");
        Path source = Files.writeString(clone.resolve("bundles/source"), "newer");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        Ended ended = run("lab/run");
        assertThat(ended.said()).contains("Building the distribution");
        assertThat(ended.status()).isEqualTo(MAVEN_ENDED);
    }

    @Test
    void console_saysThatNothingHasRun() throws Exception {
        Ended ended = run("lab/console", "nowhere");
        assertThat(ended.said()).contains("no appliance has run from this build yet");
        assertThat(ended.status()).isEqualTo(1);
    }

    private Ended run(String... command) throws IOException, InterruptedException {
        File output = clone.resolve("output").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(clone.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().merge("PATH", clone.resolve("path").toString(), (old, first) -> first + ":" + old);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(50, TimeUnit.SECONDS))
                    .as("%s has ended", String.join(" ", command))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(output.toPath()));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.filter(entry -> !entry.endsWith("target")).toList()) {
                copy(entry, to.resolve(entry.getFileName()));
            }
        }
    }
}
