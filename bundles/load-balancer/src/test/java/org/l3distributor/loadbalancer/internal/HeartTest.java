// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.amphora.AgentSettings;
import org.l3distributor.haproxy.HeartbeatSettings;
import org.l3distributor.net.Secret;

class HeartTest {
    private static AgentSettings settings(@Nullable String id, @Nullable String key, String... controllers) {
        return new AgentSettings(
                id,
                Path.of("/var/lib/octavia"),
                Path.of("/var/lib/octavia/certs"),
                Path.of("/usr/sbin/haproxy"),
                Arrays.stream(controllers)
                        .map(host -> new InetSocketAddress(host, 5555))
                        .toList(),
                Duration.ofSeconds(10),
                key == null ? null : Secret.of(key),
                false,
                AgentSettings.ActiveStandby.ACTIVE_ACTIVE);
    }

    @Test
    void heartbeats_needAnAmphora_aKey_andAController() {
        assertThat(Heart.wanted(settings(null, "k", "127.0.0.1"))).isEmpty();
        assertThat(Heart.wanted(settings("a", null, "127.0.0.1"))).isEmpty();
        assertThat(Heart.wanted(settings("a", "k"))).isEmpty();
        HeartbeatSettings wanted =
                Heart.wanted(settings("a", "k", "127.0.0.1", "::1")).orElseThrow();
        assertThat(wanted.controllers()).extracting(Object::toString).containsExactly("127.0.0.1:5555", "[::1]:5555");
        assertThat(wanted.interval()).isEqualTo(Duration.ofSeconds(10));
    }
}
