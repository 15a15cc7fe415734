// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.amphora.LoadBalancerService;
import org.l3distributor.distributor.amphora.PlugService;
import org.l3distributor.distributor.service.NamespaceService;

class RolePortsTest {
    private final RolePorts ports = new RolePorts();

    @Test
    void aDistributor_needsNoneOfTheAmphorasPorts() {
        ports.installed(1, List.of(List.of(NamespaceService.class.getName()), "java.lang.Runnable"));
        assertThat(ports.complete()).isTrue();
    }

    @Test
    void anAmphora_isCompleteWhenAllItsPortsStand_andNotWhenOneGoes() {
        ports.installed(1, List.of(List.of(LoadBalancerService.class.getName()), List.of(PlugService.class.getName())));
        assertThat(ports.complete()).isFalse();
        ports.arrived(LoadBalancerService.class);
        assertThat(ports.complete()).isFalse();
        ports.arrived(PlugService.class);
        assertThat(ports.complete()).isTrue();
        ports.left(LoadBalancerService.class);
        assertThat(ports.complete()).isFalse();
    }

    @Test
    void anAmphora_thatIsUninstalled_isWaitedForNoMore() {
        ports.installed(7, List.of(List.of(LoadBalancerService.class.getName())));
        ports.uninstalled(7);
        assertThat(ports.complete()).isTrue();
    }
}
