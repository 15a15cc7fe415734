// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.compute.local.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.l3distributor.compute.local.internal.Machine.Nic;
import org.l3distributor.compute.local.internal.Machine.Stage;
import org.l3distributor.distributor.compute.Instance;
import org.l3distributor.net.IpAddress;

class MachineTest {
    private static final Machine MACHINE = new Machine(
            "a",
            "c-1",
            Stage.FAILED,
            "rack = 1 \\ ü",
            List.of(
                    new Nic(
                            "p-1",
                            "02:00:00:00:00:01",
                            "n-1",
                            List.of(IpAddress.parse("192.0.2.1"), IpAddress.parse("2001:db8::1"))),
                    new Nic("p-2", "02:00:00:00:00:02", "n-2", List.of())),
            "line one\nline two");

    @Test
    void machine_writtenAndRead_isTheSame() {
        for (Stage stage : Stage.values()) {
            Machine machine = MACHINE.at(stage, stage == Stage.FAILED ? MACHINE.fault() : null);
            assertThat(Machine.read("a", machine.write())).isEqualTo(machine);
        }
    }

    @Test
    void text_thatIsNoMachine_isRefused() {
        assertThatThrownBy(() -> Machine.read("a", "compute=c\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stage");
    }

    @Test
    void machine_thatWasMadeAndDoesNotRun_isInError() {
        Machine made = MACHINE.at(Stage.MADE, null);
        assertThat(made.instance(true).state()).isEqualTo(Instance.State.ACTIVE);
        assertThat(made.instance(true).managementIp()).isEqualTo(IpAddress.parse("192.0.2.1"));
        assertThat(made.instance(false).state()).isEqualTo(Instance.State.ERROR);
        assertThat(made.instance(false).fault()).isEqualTo("its process has ended");
    }
}
