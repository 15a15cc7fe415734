// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.systemd.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.model.Readiness;
import org.l3distributor.distributor.model.Readiness.Condition;

class StatusLineTest {
    private static final Condition STORE = new Condition("store", true, "open");
    private static final Condition UP = new Condition("session tor1", true, "Established");
    private static final Condition DOWN = new Condition("session tor2", false, "Active");

    @Test
    void everythingHolds_isReady_andNamesAll() {
        assertThat(StatusLine.of(new Readiness(true, List.of(STORE, UP))))
                .isEqualTo("ready: store open; session tor1 Established");
    }

    @Test
    void oneOfTwoSessionsDown_isDegraded_andNamesIt() {
        assertThat(StatusLine.of(new Readiness(true, List.of(STORE, UP, DOWN))))
                .isEqualTo("ready, degraded: session tor2 Active");
    }

    @Test
    void noSession_isNotReady() {
        assertThat(StatusLine.of(new Readiness(false, List.of(STORE, DOWN))))
                .isEqualTo("not ready: session tor2 Active");
    }

    @Test
    void otherRoles_sayTheirs_behindIt_orAlone() {
        Readiness ready = new Readiness(true, List.of(UP));
        assertThat(StatusLine.of(ready, List.of("controller works")))
                .isEqualTo("ready: session tor1 Established; controller works");
        assertThat(StatusLine.of(null, List.of("controller waits: a\nMAINPID=1")))
                .isEqualTo("controller waits: a MAINPID=1");
        assertThat(StatusLine.of(null, List.of())).isEqualTo("running");
    }

    @Test
    void lineBreaksAndLengthOfAReason_canNotForgeAnotherAssignment() {
        String line = StatusLine.of(new Readiness(
                false, List.of(new Condition("profile", false, "a\nMAINPID=1" + "x".repeat(900)))));

        assertThat(line).doesNotContain("\n").hasSize(300).endsWith("...");
    }
}
