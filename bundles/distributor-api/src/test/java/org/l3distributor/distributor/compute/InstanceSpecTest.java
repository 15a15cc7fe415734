// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.l3distributor.distributor.network.Port;

class InstanceSpecTest {
    private static final Port PORT = new Port("port-1", "mgmt", "net-1", "02:00:00:00:00:01", List.of(), "amphora");

    @Test
    void toString_showsNoContentOfAFile() {
        InstanceSpec spec = spec("a-1", Map.of("/etc/octavia/key", "very secret".getBytes(StandardCharsets.UTF_8)));
        assertThat(spec.toString()).contains("/etc/octavia/key=11").doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"etc/x", "/etc/../shadow", "/..", "/", "/a b", "/a//b", "/a/\n", "/a\\b"})
    void aPath_thatIsNotAbsoluteAndPlain_isRefused(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> spec("a-1", Map.of(path, new byte[0])));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "../a", "a b", "1234567890123456789012345678901234567"})
    void anId_thatCouldBeMoreThanAnId_isRefused(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> spec(id, Map.of()));
    }

    @Test
    void files_ofMoreThanTheBound_areRefused() {
        assertThat(spec("a-1", Map.of("/x", new byte[InstanceSpec.MAX_BYTES])).files())
                .hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec("a-1", Map.of("/x", new byte[InstanceSpec.MAX_BYTES], "/y", new byte[1])));
    }

    private static InstanceSpec spec(String id, Map<String, byte[]> files) {
        return new InstanceSpec(id, "amphora", List.of(PORT), files, null, false);
    }
}
