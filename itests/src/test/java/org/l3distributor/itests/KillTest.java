// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of the appliance's process at random moments, and a start on what it left: it always answers again, lists and
 * announces what it had promised, and nothing else. -Dkills=N for more, -Dseed=N to see a run again.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("l3d.kills");
    private static final long SEED = Long.getLong("l3d.seed");
    private static final long MINUTES = Long.getLong("l3d.minutes");

    @TempDir
    Path directory;

    private final LongSummaryStatistics starts = new LongSummaryStatistics();
    private Pki pki;
    private Controller controller;
    private Appliance appliance;
    private Router router;

    @BeforeEach
    void begin() throws Exception {
        pki = Pki.make(directory.resolve("pki"));
        appliance =
                new Appliance(directory.resolve("data"), Drive.write(directory.resolve("drive"), pki), "distributor");
        router = new Router(Drive.ROUTER, Drive.ROUTER_AS);
    }

    @AfterEach
    void end() throws Exception {
        appliance.close();
        router.close();
    }

    @Test
    void kill_atAnyMoment_losesNothingPromised_andTheApplianceAnswersAgain() throws Exception {
        Random random = new Random(SEED);
        Promises promises = new Promises();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
        int during = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            assertThat(System.nanoTime())
                    .as("kill %d within %d minutes", kill, MINUTES)
                    .isLessThan(end);
            if (kill % 4 == 1) {
                killWhileStarting(random);
                during++;
            }
            start();
            check(promises, "before kill " + kill);
            promises.during(controller, random, () -> {
                // not waiting for anything: the moment of the kill is what is tried
                Thread.sleep(random.nextInt(1500));
                appliance.kill();
                return null;
            });
        }
        start();
        check(promises, "at the end");
        System.out.printf(
                "kill -9: %d while clients wrote, %d more during a start; %d answers, none lost; REST answered %.1f s after"
                        + " the start (mean; at most %.1f s); seed %d%n",
                KILLS, during, promises.answers(), starts.getAverage() / 1000, starts.getMax() / 1000.0, SEED);
    }

    private void killWhileStarting(Random random) throws Exception {
        appliance.start();
        Thread.sleep(200 + random.nextInt(6000));
        appliance.kill();
    }

    private void start() throws Exception {
        long began = System.nanoTime();
        appliance.start();
        appliance.awaitReady();
        controller = new Controller(pki.controller());
        starts.accept((System.nanoTime() - began) / 1_000_000);
    }

    private void check(Promises promises, String when) throws Exception {
        Set<String> listed = listed();
        assertThat(promises.broken(listed)).as("%s, seed %d", when, SEED).isEmpty();
        router.awaitTable(listed.stream().map(vip -> vip + "/32").collect(Collectors.toCollection(TreeSet::new)));
        promises.settle(listed);
    }

    private Set<String> listed() throws Exception {
        Controller.Answer answer = controller.get("/1.0/distributor/amphorae");
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        Set<String> vips = new TreeSet<>();
        for (JsonNode row : new ObjectMapper().readTree(answer.body()).get("amphorae")) {
            vips.add(row.get("vip_ip").asText());
        }
        return vips;
    }
}
