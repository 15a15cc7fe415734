// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.heartbeat.Heartbeat;

class OutlookTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Outlook outlook = new Outlook(Duration.ofSeconds(60));

    private static Instant at(int seconds) {
        return START.plusSeconds(seconds);
    }

    private void tables(int second, OperatingStatus operating, long version, String... serving) {
        tables(second, operating, version, Lead.THERE, serving);
    }

    private void tables(int second, OperatingStatus operating, long version, Lead lead, String... serving) {
        outlook.tables(
                List.of(new Outlook.Place(
                        Tree.of(ProvisioningStatus.ACTIVE, operating, version), Set.of(serving), lead)),
                at(second));
    }

    private void heard(int second, String amphora, String m1) {
        outlook.heard(Tree.heartbeat(amphora, "UP", m1, "UP"), at(second));
    }

    /** Two amphorae were heard, and what they say is written. */
    private void settled() {
        tables(0, OperatingStatus.OFFLINE, 1, "a", "b");
        heard(1, "a", "UP");
        heard(2, "b", "UP");
        outlook.written("lb");
    }

    @Test
    void nothingIsDue_beforeAllAmphoraeWereHeard() {
        tables(0, OperatingStatus.OFFLINE, 1, "a", "b");
        heard(1, "a", "UP");
        assertThat(outlook.due(at(1))).isEmpty();
        heard(2, "b", "UP");
        assertThat(outlook.due(at(2))).containsExactly("lb");
        assertThat(outlook.of("lb", at(2)).opinions()).hasSize(2);
        assertThat(outlook.of("lb", at(2)).version()).isEqualTo(1);
    }

    @Test
    void theSameHeartbeatAgain_isNoNews() {
        settled();
        heard(11, "a", "UP");
        assertThat(outlook.due(at(11))).isEmpty();
    }

    @Test
    void theLossOfWhoLeadsToIt_isNews() {
        settled();
        tables(5, OperatingStatus.ONLINE, 1, Lead.DOUBTFUL, "a", "b");
        assertThat(outlook.due(at(5))).containsExactly("lb");
        outlook.written("lb");
        tables(10, OperatingStatus.DEGRADED, 1, Lead.DOUBTFUL, "a", "b");
        assertThat(outlook.due(at(10))).isEmpty();
        tables(15, OperatingStatus.DEGRADED, 1, Lead.THERE, "a", "b");
        assertThat(outlook.due(at(15))).containsExactly("lb");
    }

    @Test
    void anotherWord_isNews_untilItIsWritten() {
        settled();
        heard(11, "a", "DOWN");
        assertThat(outlook.due(at(11))).containsExactly("lb");
        assertThat(outlook.due(at(12))).as("the tables were away").containsExactly("lb");
        outlook.written("lb");
        assertThat(outlook.due(at(12))).isEmpty();
    }

    @Test
    void anOpinionThatIsTooOld_countsNoMore() {
        settled();
        heard(59, "a", "DOWN");
        assertThat(outlook.due(at(61))).containsExactly("lb");
        assertThat(outlook.due(at(62))).as("b was heard a minute ago").isEmpty();
        tables(63, OperatingStatus.ONLINE, 1, "a");
        assertThat(outlook.due(at(63))).as("b isn't in service any more").containsExactly("lb");
    }

    @Test
    void whoDoesNotKnowOfTheLastChange_isWaitedFor() {
        settled();
        tables(10, OperatingStatus.ONLINE, 2, "a", "b");
        outlook.written("lb");
        Heartbeat before = Tree.heartbeat("a", "UP", "UP", null); // m2 is new
        tables(12, OperatingStatus.ONLINE, 2, "a", "b");
        outlook.heard(before, at(10));
        assertThat(outlook.due(at(12))).isEmpty();
        outlook.heard(Tree.heartbeat("a", "UP", "UP", "UP"), at(20));
        assertThat(outlook.due(at(20))).containsExactly("lb");
    }

    @Test
    void whoStillDoesNotHaveIt_afterTheChange_isBelieved() {
        settled();
        tables(10, OperatingStatus.ONLINE, 2, "a", "b");
        outlook.heard(Tree.heartbeat("a", "UP", "UP", null), at(11));
        assertThat(outlook.due(at(11))).containsExactly("lb");
    }

    /** Another controller's news is not undone by one that hasn't heard it; somebody else's change is, later. */
    @Test
    void tablesThatDiffer_areWrittenOnlyWhenTheyDoSoForLong() {
        settled();
        for (int second = 10; second < 70; second += 10) {
            heard(second, "a", "UP");
            heard(second, "b", "UP");
            tables(second, OperatingStatus.DEGRADED, 1, "a", "b");
            assertThat(outlook.due(at(second))).as("at " + second).isEmpty();
        }
        heard(70, "a", "UP");
        heard(70, "b", "UP");
        tables(70, OperatingStatus.DEGRADED, 1, "a", "b");
        assertThat(outlook.due(at(70))).containsExactly("lb");
    }

    @Test
    void whoIsNotInService_isNotAsked() {
        settled();
        heard(11, "stranger", "DOWN");
        assertThat(outlook.due(at(11))).isEmpty();
    }

    @Test
    void aLoadBalancerThatIsGone_isForgotten() {
        settled();
        heard(11, "a", "DOWN");
        outlook.tables(List.of(), at(12));
        assertThat(outlook.due(at(12))).isEmpty();
    }
}
