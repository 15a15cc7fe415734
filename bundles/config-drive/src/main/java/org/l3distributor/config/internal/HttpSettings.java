// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the REST listener stands and what it proves itself with: the configuration {@code org.l3distributor.http}. It
 * names files and never holds what is in them.
 */
record HttpSettings(String bindHost, int bindPort, Path serverCertificate, Path clientCa) {
    static final String PID = "org.l3distributor.http";

    Map<String, Object> properties() {
        return Map.of(
                "bindHost",
                bindHost,
                "bindPort",
                bindPort,
                "serverCertificate",
                serverCertificate.toString(),
                "clientCa",
                clientCa.toString());
    }
}
