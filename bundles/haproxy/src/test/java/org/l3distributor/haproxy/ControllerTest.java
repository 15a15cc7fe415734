// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.l3distributor.net.Secret;

class ControllerTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1:5555, 192.0.2.1:5555",
        "' 192.0.2.1:5555 ', 192.0.2.1:5555",
        "[2001:db8::1]:5555, [2001:db8::1]:5555",
        "2001:db8::1:5555, [2001:db8::1]:5555"
    })
    void parse_ofAnEntryOfTheList_takesTheLastColonAsTheEndOfTheAddress(String written, String expected) {
        assertThat(Controller.parse(written)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "192.0.2.1",
                "192.0.2.1:",
                "192.0.2.1:x",
                "192.0.2.1:0",
                "192.0.2.1:65536",
                "name:5555",
                ":5555"
            })
    void parse_ofSomethingElse_isRefused(String written) {
        assertThatIllegalArgumentException().isThrownBy(() -> Controller.parse(written));
    }

    @Test
    void settings_withoutAmphoraControllersOrTime_areRefused() {
        List<Controller> one = List.of(Controller.parse("192.0.2.1:5555"));
        Secret key = Secret.of("&<>'\"$%");
        Duration second = Duration.ofSeconds(1);
        assertThat(new HeartbeatSettings("a", one, key, second)).asString().doesNotContain("&<>");
        assertThatIllegalArgumentException().isThrownBy(() -> new HeartbeatSettings(" ", one, key, second));
        assertThatIllegalArgumentException().isThrownBy(() -> new HeartbeatSettings("a", List.of(), key, second));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HeartbeatSettings("a", one, key, Duration.ofMillis(1)));
    }
}
