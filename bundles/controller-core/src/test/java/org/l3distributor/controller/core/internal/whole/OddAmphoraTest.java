// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.controller.core.internal.whole.SimulatedMachines.Oddity;
import org.l3distributor.controller.store.internal.DatabaseServers;
import org.l3distributor.distributor.controller.OperatingStatus;

/** Amphorae with which something is wrong from the beginning: others are made in their place. */
@ExtendWith(DatabaseServers.class)
@Timeout(300)
class OddAmphoraTest {
    @TempDir
    Path directory;

    @Test
    void amphoraeThatSayNothing_orGarbage_orAreSomebodyElse_areGivenUp_andOthersTakeTheirPlace() throws Exception {
        others(3, Oddity.SILENT, Oddity.GARBAGE, Oddity.ANOTHER);
    }

    @Test
    void anAmphoraThatCanNotRunWhatItIsTold_isGivenUp_andAnotherTakesItsPlace() throws Exception {
        others(2, Oddity.SAYS_500);
    }

    private void others(int amphorae, Oddity... wrong) throws Exception {
        try (WholeController controller = new WholeController(directory, amphorae)) {
            String first = controller.loadBalancer(); // of amphorae that are well
            Set<String> well = controller.machines.ids();
            controller.machines.next(wrong);
            String second = controller.loadBalancer();
            controller.await(
                    "all is well",
                    Duration.ofSeconds(60),
                    () -> controller.operating(first) == OperatingStatus.ONLINE
                            && controller.operating(second) == OperatingStatus.ONLINE
                            && controller.serving(second).size() == amphorae
                            && controller.serving(second).stream().noneMatch(controller.machines.odd()::contains)
                            && controller.tasks().isEmpty());
            assertThat(controller.machines.odd()).hasSize(wrong.length);
            assertThat(controller.machines.made()).hasSize(2 * amphorae + wrong.length);
            assertThat(controller.serving(first)).containsExactlyInAnyOrderElementsOf(well);
            assertThat(controller.machines.ids()).doesNotContainAnyElementsOf(controller.machines.odd());
        }
    }
}
