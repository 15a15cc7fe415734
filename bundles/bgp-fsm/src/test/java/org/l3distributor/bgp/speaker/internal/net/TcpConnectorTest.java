// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.NoRouteToHostException;
import org.junit.jupiter.api.Test;

class TcpConnectorTest {
    @Test
    void aMissingRoute_isToldInWords() throws Exception {
        try (FakeRouter router = new FakeRouter("tor", "127.0.1.1")) {
            var settings = router.settings();
            assertThat(TcpConnector.explain(new NoRouteToHostException("null: /127.0.1.1"), settings))
                    .isEqualTo("connect to 127.0.1.1 port " + settings.port() + ": no route to it");
        }
    }
}
