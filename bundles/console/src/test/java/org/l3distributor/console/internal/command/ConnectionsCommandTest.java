// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.console.contract.Shell;
import org.l3distributor.distributor.amphora.HeldConnections;
import org.l3distributor.distributor.amphora.LoadBalancerService;

class ConnectionsCommandTest {
    private final Shell shell = new Shell(DistributorConnections.class);

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void connections_areThoseOfEachLoadBalancer_andUnknownOnesAreNotNone() throws Exception {
        shell.with(
                LoadBalancerService.class,
                new FakeLoadBalancers(List.of(
                        new HeldConnections("web", 3, 1),
                        new HeldConnections("empty", 0, 0),
                        HeldConnections.unknown("mute"))));

        assertThat(shell.run("distributor:connections"))
                .containsPattern("web +3 +1")
                .containsPattern("empty +0 +0")
                .containsPattern("mute +unknown +unknown")
                .contains("\n3 load balancers of this host");
        assertThat(shell.run("distributor:connections --json"))
                .isEqualTo("{\"load_balancers\":["
                        + "{\"loadbalancer_id\":\"web\",\"connections\":3,\"old_workers\":1},"
                        + "{\"loadbalancer_id\":\"empty\",\"connections\":0,\"old_workers\":0},"
                        + "{\"loadbalancer_id\":\"mute\",\"connections\":null,\"old_workers\":null}],"
                        + "\"next_marker\":null}");
    }

    @Test
    void hostWithoutLoadBalancers_saysSo() {
        assertThatThrownBy(() -> shell.run("distributor:connections"))
                .hasMessageStartingWith("nothing here holds load balancers");
    }
}
