// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ErrorMapperTest {
    private static String logged(Throwable thrown) {
        PrintStream console = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            assertThat(new ErrorMapper().toResponse(thrown).getStatus()).isEqualTo(500);
        } finally {
            System.setErr(console);
        }
        return log.toString(StandardCharsets.UTF_8);
    }

    @Test
    void connectionThatBroke_isNoFaultOfOurs() {
        assertThat(logged(new EOFException("Closed"))).doesNotContain("ERROR", "\tat ");
    }

    @Test
    void bug_isToldWithItsTrace() {
        assertThat(logged(new IllegalStateException("a bug"))).contains("ERROR", "a bug", "\tat ");
    }
}
