// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.systemd.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceManagerTest {
    @Test
    void environment_withoutASocket_meansNobodyListens() {
        assertThat(ServiceManager.of(Map.of(), 7)).isEmpty();
        assertThat(ServiceManager.of(Map.of("NOTIFY_SOCKET", ""), 7)).isEmpty();
        assertThat(ServiceManager.of(Map.of("NOTIFY_SOCKET", "vsock:2:1"), 7)).isEmpty();
    }

    @Test
    void watchdog_isOurs_whenNoPidOrOurPidIsNamed() {
        Map<String, String> unnamed = Map.of("NOTIFY_SOCKET", "/run/n", "WATCHDOG_USEC", "30000000");
        Map<String, String> named = Map.of("NOTIFY_SOCKET", "@n", "WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "7");

        assertThat(ServiceManager.of(unnamed, 7)).contains(new ServiceManager("/run/n", Duration.ofSeconds(30)));
        assertThat(ServiceManager.of(named, 7)).contains(new ServiceManager("@n", Duration.ofSeconds(30)));
    }

    @Test
    void watchdog_ofAnotherProcess_orWithoutATime_isNone() {
        assertThat(ServiceManager.of(
                        Map.of("NOTIFY_SOCKET", "/run/n", "WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "8"), 7))
                .contains(new ServiceManager("/run/n", null));
        assertThat(ServiceManager.of(Map.of("NOTIFY_SOCKET", "/run/n", "WATCHDOG_USEC", "0"), 7))
                .contains(new ServiceManager("/run/n", null));
        assertThat(ServiceManager.of(Map.of("NOTIFY_SOCKET", "/run/n", "WATCHDOG_USEC", "soon"), 7))
                .contains(new ServiceManager("/run/n", null));
    }
}
