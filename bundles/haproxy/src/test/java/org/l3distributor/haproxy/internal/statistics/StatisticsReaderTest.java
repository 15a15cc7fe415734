// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.l3distributor.haproxy.Statistics;

class StatisticsReaderTest {
    private static final String TITLE = "# pxname,svname,scur,stot,bin,bout,ereq,status,weight,last_chk\n";
    private static final String POOL = "p,BACKEND,0,0,0,0,,UP,1,\n";

    @Test
    void read_ofATable_givesListenersPoolsAndMembersInHaproxysWords() {
        Statistics read = StatisticsReader.read(
                7,
                TITLE
                        + "l1,FRONTEND,3,42,1024,5120,1,OPEN,,\n"
                        + "l2,FRONTEND,1000,0,0,9007199254740993,0,FULL,,\n"
                        + "p1:l1,m1,0,0,0,0,,UP,1,\n"
                        + "p1:l1,m2,0,0,0,0,,no check,1,\n"
                        + "p1:l1,m3,0,0,0,0,,UP 1/3,1,\n"
                        + "p1:l1,m4,0,0,0,0,,MAINT,1,\n"
                        + "p1:l1,BACKEND,0,0,0,0,,UP,2,\n"
                        + "p2:l2,BACKEND,0,0,0,0,,DOWN,0,\n\n");
        assertThat(read)
                .isEqualTo(new Statistics(
                        7,
                        List.of(
                                new Statistics.Listener("l1", "OPEN", 1024, 5120, 3, 42, 1),
                                new Statistics.Listener("l2", "FULL", 0, 9007199254740993L, 1000, 0, 0)),
                        List.of(
                                new Statistics.Pool(
                                        "p1:l1",
                                        "UP",
                                        Map.of("m1", "UP", "m2", "no check", "m3", "UP 1/3", "m4", "MAINT"),
                                        3),
                                new Statistics.Pool("p2:l2", "DOWN", Map.of(), 0))));
    }

    @Test
    void read_ofAMemberThatIsUpWithWeightZero_saysDrain() {
        Statistics read = StatisticsReader.read(
                7, TITLE + "p,m,0,0,0,0,,UP,0,\np,n,0,0,0,0,,DOWN,0,\np,BACKEND,0,0,0,0,,UP,0,\n");
        assertThat(read.pools().get(0).members()).isEqualTo(Map.of("m", "DRAIN", "n", "DOWN"));
    }

    @Test
    void read_countsAsUp_whoTakesNewConnections() {
        for (String status : List.of("UP", "UP 1/3", "no check")) {
            assertThat(up(status, 1)).as(status).isEqualTo(1);
            assertThat(up(status, 0)).as(status + " of weight 0").isZero();
        }
        for (String status : List.of("DOWN", "DOWN 1/2", "MAINT", "DRAIN", "NOLB")) {
            assertThat(up(status, 1)).as(status).isZero();
        }
    }

    /** Octavia has a state of its own for a member that nobody checks, and none for such a one of weight 0. */
    @Test
    void read_ofAMemberOfWeightZeroThatIsNotChecked_leavesTheWordAsItIs() {
        Statistics read =
                StatisticsReader.read(7, TITLE + "p,m,0,0,0,0,,no check,0,\np,n,0,0,0,0,,no check,1,\n" + POOL);
        assertThat(read.pools().get(0).members()).isEqualTo(Map.of("m", "no check", "n", "no check"));
        assertThat(read.pools().get(0).up()).isEqualTo(1);
    }

    private static int up(String status, int weight) {
        return StatisticsReader.read(7, TITLE + "p,m,0,0,0,0,," + status + "," + weight + ",\n" + POOL)
                .pools()
                .get(0)
                .up();
    }

    @Test
    void read_leavesOutTheExporterOfHaproxyItself() {
        Statistics read = StatisticsReader.read(
                7,
                TITLE
                        + "prometheus-exporter-internal-endpoint,FRONTEND,0,9,9,9,0,OPEN,,\n"
                        + "prometheus-exporter-internal-endpoint,BACKEND,0,9,9,9,0,UP,0,\n");
        assertThat(read).isEqualTo(new Statistics(7, List.of(), List.of()));
    }

    @Test
    void read_ofQuotedFields_keepsCommasQuotesAndLineBreaksInside() {
        Statistics read = StatisticsReader.read(
                7,
                "# pxname,svname,last_chk,status,weight\n"
                        + "p,m,\"Layer7 wrong status, said \"\"no\"\"\nand more\",DOWN,1\n"
                        + "p,BACKEND,,DOWN,0\n");
        assertThat(read.pools()).containsExactly(new Statistics.Pool("p", "DOWN", Map.of("m", "DOWN"), 0));
    }

    @Test
    void read_ofNothing_isEmpty() {
        assertThat(StatisticsReader.read(7, "")).isEqualTo(new Statistics(7, List.of(), List.of()));
        assertThat(StatisticsReader.read(7, TITLE)).isEqualTo(new Statistics(7, List.of(), List.of()));
    }

    @Test
    void workerPid_isThatOfShowInfo() {
        assertThat(StatisticsReader.workerPid("Name: HAProxy\nProcess_num: 1\nPid: 18564\nUptime: 0d\n"))
                .hasValue(18_564);
        assertThat(StatisticsReader.workerPid("Unknown command\n")).isEmpty();
    }
}
