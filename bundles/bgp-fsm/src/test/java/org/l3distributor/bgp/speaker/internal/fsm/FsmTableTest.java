// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FsmTableTest {
    private static final Path GENERATED = Path.of("target/fsm-table.txt");
    private static final Path CHECKED_IN = Path.of("../../docs/fsm-table.txt");

    @Test
    void machines_answerAsTheCheckedInTableSays() throws IOException {
        Files.writeString(GENERATED, FsmTable.print());
        assertThat(GENERATED)
                .as("a machine has changed: look at the difference, then copy bundles/bgp-fsm/%s to docs", GENERATED)
                .hasSameTextualContentAs(CHECKED_IN);
    }

    @Test
    void table_hasARowForEveryKindOfEvent() {
        assertThat(SessionEvent.class.getPermittedSubclasses())
                .allSatisfy(kind -> assertThat(FsmTable.EVENTS).anyMatch(e -> kind.isInstance(e.event())));
        assertThat(PeerInput.class.getPermittedSubclasses())
                .allSatisfy(kind -> assertThat(FsmTable.INPUTS).anyMatch(i -> kind.isInstance(i.input())));
        assertThat(SessionTimer.values())
                .allSatisfy(timer -> assertThat(FsmTable.EVENTS)
                        .anyMatch(e -> e.event().equals(new SessionEvent.TimerExpired(timer))));
    }
}
