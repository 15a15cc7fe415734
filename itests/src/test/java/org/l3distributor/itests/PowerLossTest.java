// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power goes at random moments, also while the appliance starts: its whole data directory lies on an ext4 of its own,
 * which is cut off without a flush of its journal and mounted again. The appliance starts on what is left, lists and
 * announces what it had promised. -Dcuts=N for more, -Dseed=N to see a run again.
 */
class PowerLossTest {
    private static final int CUTS = Integer.getInteger("l3d.cuts");
    private static final long SEED = Long.getLong("l3d.seed");
    private static final long MINUTES = Long.getLong("l3d.minutes");
    private static final int MEBIBYTES = 128;

    @TempDir
    Path directory;

    private Path data;
    private Disk disk;
    private Witness witness;
    private int duringStarts;
    private Path control;

    @BeforeEach
    void begin() throws Exception {
        data = directory.resolve("disk");
        try {
            disk = Disk.ext4(directory.resolve("image"), data, MEBIBYTES);
        } catch (IOException unavailable) {
            Assumptions.abort("no power can be cut here, since there are no loop devices: " + unavailable.getMessage());
        }
        witness = new Witness(directory, data.resolve("data"));
        Command.run("sync", "-f", data.toString());
    }

    @AfterEach
    void end() throws Exception {
        if (witness != null) {
            witness.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void powerLoss_atAnyMoment_losesNothingPromised_andTheApplianceAnswersAgain() throws Exception {
        Random random = new Random(SEED);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
        cutWhileStarting(random.nextInt(1500));
        for (int cut = 0; cut < CUTS; cut++) {
            assertThat(System.nanoTime())
                    .as("cut %d within %d minutes", cut, MINUTES)
                    .isLessThan(end);
            if (cut % 4 == 1) {
                cutWhileStarting(200 + random.nextInt(6000));
            }
            witness.start();
            witness.check("before cut " + cut + ", seed " + SEED);
            witness.promises().during(witness.controller(), random, () -> {
                // not waiting for anything: the moment of the cut is what is tried
                Thread.sleep(random.nextInt(1500));
                cut(witness.promises()::end);
                return null;
            });
            assertCut();
        }
        witness.start();
        witness.check("at the end, seed " + SEED);
        Appliance.Said said = witness.appliance().console("bgp:summary");
        assertThat(said.text()).as("%s", said).contains("1 of 1 sessions Established");
        assertThat(witness.appliance().settingsWrittenByItself())
                .as("what is written while the power goes may be empty then")
                .isEmpty();
        System.out.printf(
                "power cut: %d while clients wrote, %d more during a start; %s; seed %d%n",
                CUTS, duringStarts, witness.figures(), SEED);
    }

    private void cutWhileStarting(int millis) throws Exception {
        duringStarts++;
        witness.appliance().start();
        Thread.sleep(millis);
        cut(() -> {});
        assertCut();
    }

    private void cut(Runnable atTheLastMoment) throws Exception {
        // a new file each time: ext4 allocates at once what replaces a file's content
        control = Files.createTempFile(data, "control", "");
        Files.writeString(control, "never synced", StandardOpenOption.APPEND);
        atTheLastMoment.run();
        disk.cut();
        witness.appliance().kill();
        disk.restore();
    }

    /** What nobody synced is gone: this was a power cut, and not a clean end of the file system. */
    private void assertCut() throws IOException {
        if (Files.exists(control)) {
            assertThat(control).isEmptyFile();
        }
    }
}
