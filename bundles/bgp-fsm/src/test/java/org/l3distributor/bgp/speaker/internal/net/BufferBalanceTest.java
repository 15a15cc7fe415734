// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BufferBalanceTest {
    @TempDir
    private Path folder;

    @Test
    void sessionsThatEndInEveryBadWay_leaveNoBuffer() throws Exception {
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dio.netty.allocator.type=unpooled",
                        "-Dio.netty.leakDetection.level=paranoid",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        BufferBalance.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(300, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(said, StandardCharsets.UTF_8))
                .contains("left=0\n")
                .doesNotContain("LEAK");
    }
}
