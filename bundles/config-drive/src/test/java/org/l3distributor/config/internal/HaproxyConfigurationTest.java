// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.amphora.AgentSettings;

class HaproxyConfigurationTest {
    @Test
    void properties_ofAFileThatNamesPaths_areThose() {
        assertThat(map(HaproxyConfiguration.over(null, settings("""
                [haproxy_amphora]
                base_path = /srv/octavia
                base_cert_dir = /srv/certs
                haproxy_cmd = /opt/haproxy
                """))))
                .isEqualTo(
                        Map.of("basePath", "/srv/octavia", "certificatePath", "/srv/certs", "command", "/opt/haproxy"));
    }

    @Test
    void properties_withoutAFile_areOctavias() {
        assertThat(map(HaproxyConfiguration.over(null, AgentKeys.DEFAULTS)))
                .isEqualTo(Map.of(
                        "basePath", "/var/lib/octavia",
                        "certificatePath", "/var/lib/octavia/certs",
                        "command", "/usr/sbin/haproxy"));
    }

    @Test
    void properties_thatSomebodyElsePutThere_stay() {
        Dictionary<String, Object> now = new Hashtable<>(Map.of("supervisor", "own", "basePath", "/old"));
        assertThat(map(HaproxyConfiguration.over(now, AgentKeys.DEFAULTS)))
                .containsEntry("supervisor", "own")
                .containsEntry("basePath", "/var/lib/octavia");
    }

    private static AgentSettings settings(String text) {
        return AgentKeys.read(new AgentFile("file", text, new ArrayList<>()));
    }

    private static Map<String, Object> map(Dictionary<String, Object> properties) {
        return Collections.list(properties.keys()).stream()
                .collect(Collectors.toMap(Function.identity(), properties::get));
    }
}
