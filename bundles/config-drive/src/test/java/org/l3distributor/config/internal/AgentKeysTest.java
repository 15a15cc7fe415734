// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.l3distributor.distributor.amphora.AgentSettings;
import org.l3distributor.distributor.amphora.AgentSettings.ActiveStandby;
import org.l3distributor.distributor.profile.ProfileFault;
import org.l3distributor.net.Secret;

class AgentKeysTest {
    private final List<ProfileFault> faults = new ArrayList<>();

    private AgentSettings read(String text) {
        return AgentKeys.read(new AgentFile("file", text, faults));
    }

    @Test
    void keys_leftOut_areOctaviasDefaults() {
        assertThat(read("[DEFAULT]\ndebug = False\n")).isEqualTo(AgentKeys.DEFAULTS);
        assertThat(faults).isEmpty();
    }

    @Test
    void keys_asTheTemplateRendersThem_areTaken() {
        AgentSettings settings = read("""
                [haproxy_amphora]
                base_cert_dir = /srv/octavia/certs
                base_path = /srv/octavia
                haproxy_cmd = /opt/haproxy
                user_log_facility = 0

                [health_manager]
                controller_ip_port_list = 192.0.2.1:5555, [2001:db8::1]:5556,2001:db8::2:5557
                heartbeat_interval = 3
                heartbeat_key = insecure-test-key

                [amphora_agent]
                amphora_id = 5a8a3a5e-5d9e-4d6c-9a3e-0c7a00000001

                [controller_worker]
                loadbalancer_topology = ACTIVE_STANDBY

                [l3_distributor]
                active_standby = refuse
                require_back_end = yes
                """);
        assertThat(faults).isEmpty();
        assertThat(settings.amphoraId()).isEqualTo("5a8a3a5e-5d9e-4d6c-9a3e-0c7a00000001");
        assertThat(settings.basePath()).isEqualTo(Path.of("/srv/octavia"));
        assertThat(settings.certificates()).isEqualTo(Path.of("/srv/octavia/certs"));
        assertThat(settings.haproxyCommand()).isEqualTo(Path.of("/opt/haproxy"));
        assertThat(settings.controllers())
                .containsExactly(
                        new InetSocketAddress("192.0.2.1", 5555),
                        new InetSocketAddress("2001:db8::1", 5556),
                        new InetSocketAddress("2001:db8::2", 5557));
        assertThat(settings.heartbeatInterval()).hasSeconds(3);
        assertThat(settings.heartbeatKey()).isEqualTo(Secret.of("insecure-test-key"));
        assertThat(settings.activeStandby()).isEqualTo(ActiveStandby.REFUSE);
        assertThat(settings.requireBackEnd()).isTrue();
        assertThat(settings.toString()).doesNotContain("insecure");
    }

    /** The rules of oslo.config: a pair of quotes around it goes, "$$" is a dollar sign, all else is literal. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a&b<c>d | a&b<c>d",
                "a&amp;b | a&amp;b",
                "a'b\"c%d | a'b\"c%d",
                "\"quoted\" | quoted",
                "p$$x | p$x",
                "50% $ off | 50% $ off",
                "a;b#c | a;b#c"
            })
    void heartbeatKey_withSigns_isReadAsOsloReadsIt(String written, String read) {
        assertThat(read("[health_manager]\nheartbeat_key = " + written + "\n").heartbeatKey())
                .isEqualTo(Secret.of(read));
        assertThat(faults).isEmpty();
    }

    @Test
    void heartbeatKey_thatRefersToNothing_isAFaultThatHidesIt() {
        assertThat(read("[health_manager]\nheartbeat_key = p$hunter2\n").heartbeatKey())
                .isNull();
        assertThat(faults).singleElement().matches(f -> f.key().equals("heartbeat_key"));
        assertThat(faults.toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "health_manager,heartbeat_interval,0",
        "health_manager,heartbeat_interval,ten",
        "health_manager,controller_ip_port_list,192.0.2.1",
        "health_manager,controller_ip_port_list,controller:5555",
        "health_manager,controller_ip_port_list,192.0.2.1:70000",
        "haproxy_amphora,base_path,octavia",
        "haproxy_amphora,haproxy_cmd,haproxy",
        "l3_distributor,active_standby,perhaps",
        "l3_distributor,active_standbye,refuse",
        "l3_distributor,require_back_end,perhaps"
    })
    void aWrongValue_isNamed(String section, String key, String value) {
        read("[" + section + "]\n" + key + " = " + value + "\n");
        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.section()).isEqualTo(section);
            assertThat(fault.key()).isEqualTo(key);
        });
    }
}
