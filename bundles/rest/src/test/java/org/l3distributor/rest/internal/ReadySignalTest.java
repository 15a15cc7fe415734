// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.osgi.service.jaxrs.runtime.dto.ApplicationDTO;
import org.osgi.service.jaxrs.runtime.dto.RuntimeDTO;

class ReadySignalTest {
    @Test
    void signal_withoutOurApplication_isOff() {
        RuntimeDTO runtime = new RuntimeDTO();
        assertThat(ReadySignal.serves(runtime)).isFalse();
        runtime.defaultApplication = named(".default");
        runtime.applicationDTOs = new ApplicationDTO[] {named("other")};
        assertThat(ReadySignal.serves(runtime)).isFalse();
    }

    @Test
    void signal_withOurApplicationServed_isOn() {
        RuntimeDTO runtime = new RuntimeDTO();
        runtime.applicationDTOs = new ApplicationDTO[] {named("other"), named("l3distributor")};
        assertThat(ReadySignal.serves(runtime)).isTrue();
    }

    private static ApplicationDTO named(String name) {
        ApplicationDTO application = new ApplicationDTO();
        application.name = name;
        return application;
    }
}
