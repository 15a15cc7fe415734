// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The end of the appliance's process at random moments, by kill -9, by SIGTERM, or by SIGTERM and kill -9 before it was
 * done, also while it starts; and a start on what it left: it always answers again, lists and announces what it had
 * promised, and nothing else. -Dkills=N for more, -Dseed=N to see a run again.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("l3d.kills");
    private static final long SEED = Long.getLong("l3d.seed");
    private static final long MINUTES = Long.getLong("l3d.minutes");

    private enum End {
        KILL,
        KILL_AFTER_ONE_DURING_THE_START,
        TERM,
        TERM_THEN_KILL
    }

    @TempDir
    Path directory;

    private Witness witness;

    @BeforeEach
    void begin() throws Exception {
        witness = new Witness(directory, directory.resolve("data"));
    }

    @AfterEach
    void end() throws Exception {
        witness.close();
    }

    @Test
    void end_atAnyMoment_losesNothingPromised_andTheApplianceAnswersAgain() throws Exception {
        Random random = new Random(SEED);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
        Map<End, Integer> ends = new EnumMap<>(End.class);
        for (int kill = 0; kill < KILLS; kill++) {
            if (kill > 0 && kill % 20 == 0) {
                tell(kill, ends);
            }
            assertThat(System.nanoTime())
                    .as("kill %d within %d minutes", kill, MINUTES)
                    .isLessThan(end);
            End by = End.values()[kill % End.values().length];
            ends.merge(by, 1, Integer::sum);
            if (by == End.KILL_AFTER_ONE_DURING_THE_START) {
                killWhileStarting(random);
            }
            witness.start();
            witness.check("before kill " + kill + ", seed " + SEED);
            witness.promises().during(witness.controller(), random, () -> {
                // not waiting for anything: the moment of the end is what is tried
                Thread.sleep(random.nextInt(1500));
                end(by, random);
                return null;
            });
        }
        witness.start();
        witness.check("at the end, seed " + SEED);
        tell(KILLS, ends);
    }

    private void tell(int kills, Map<End, Integer> ends) {
        System.out.printf("%d ends while clients wrote %s; %s; seed %d%n", kills, ends, witness.figures(), SEED);
    }

    private void end(End by, Random random) throws Exception {
        Appliance appliance = witness.appliance();
        Router router = witness.router();
        switch (by) {
            case KILL, KILL_AFTER_ONE_DURING_THE_START -> appliance.kill();
            case TERM -> {
                witness.promises().leaving();
                int before = router.notifications().size();
                assertThat(appliance.stop()).as("status after SIGTERM").isZero();
                router.await("a farewell", () -> router.notifications().size() > before);
                assertThat(router.notifications().subList(before, before + 1)).containsExactly("6/2");
            }
            case TERM_THEN_KILL -> {
                witness.promises().leaving();
                appliance.terminate();
                Thread.sleep(random.nextInt(1000));
                appliance.kill();
            }
        }
    }

    private void killWhileStarting(Random random) throws Exception {
        witness.appliance().start();
        Thread.sleep(200 + random.nextInt(6000));
        witness.appliance().kill();
    }
}
