// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Tests with an engine over a real HAProxy, in a network namespace of their own. */
@Tag("netns")
abstract class HaproxyInNamespace {
    @TempDir
    Path base;

    EngineFixture on;

    @BeforeEach
    void open() throws IOException {
        on = new EngineFixture(base);
    }

    @AfterEach
    void close() throws IOException {
        if (on != null) {
            on.close();
        }
    }
}
