// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.client.internal.Clients;

/**
 * Rounds of repair over many load balancers with four amphorae each; {@code -Dl3bgp.scale=1000} measures a thousand, and
 * leaves its figures in {@code target/repair-scale.txt}.
 */
class RepairScaleTest {
    @TempDir
    Path directory;

    @Test
    @Timeout(120)
    void rounds_askEachAmphoraOnce_overConnectionsThatAreKept() throws Exception {
        Duration patient = Duration.ofSeconds(100); // an attempt that is repeated makes another connection
        RepairScale.Counts counts = RepairScale.run(directory, 25, Clients.Limits.of(patient, patient, patient));
        assertThat(counts).isEqualTo(new RepairScale.Counts(300, 200));
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @EnabledIfSystemProperty(named = "l3bgp.scale", matches = "[0-9]+")
    void roundsOverAThousand_takeLessThanAMinute_in512Megabytes() throws Exception {
        Path said = Path.of("target", "repair-scale.txt");
        Process controller = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RepairScale.class.getName(),
                        directory.toString(),
                        System.getProperty("l3bgp.scale")))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(controller.waitFor()).as(Files.readString(said)).isZero();
        System.out.print(Files.readString(said));
    }
}
