// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an operator writes for a controller whose distributors lead no traffic and whose machines nobody makes. */
final class ControllerFiles {
    static final String URL = "http://127.0.0.1:9876";
    static final String NETWORK = "f0000000-0000-4000-8000-00000000000a";
    static final String SUBNET = "50000000-0000-4000-8000-00000000000a";

    private ControllerFiles() {}

    static Path heartbeatKey(Path pki) {
        return pki.resolve("heartbeat.key");
    }

    /**
     * Writes the settings, but not the heartbeats' key.
     *
     * @param etc of the data directory
     * @param pki where a {@link Pki} was made, which certifies amphorae and the controller
     */
    static void write(Path etc, Path pki) throws IOException {
        Files.createDirectories(etc);
        Files.writeString(etc.resolve("org.l3distributor.controller.cfg"), """
                distributorId = d0000000-0000-4000-8000-00000000000a
                distributorType = NOOP
                computeType = noop
                amphorae = 2
                managementNetwork = %s
                managementSubnet = %s
                heartbeatHost = 127.0.0.1
                heartbeatTimeout = 3600
                heartbeatKeyFile = %s
                serverAuthority = %s/ca.pem
                serverAuthorityKey = %4$s/ca.key
                clientAuthority = %4$s/ca.pem
                grace = 1
                """.formatted(
                        NETWORK, SUBNET, heartbeatKey(pki), pki));
        Files.writeString(etc.resolve("org.l3distributor.client.cfg"), """
                certificate = %s/client.pem
                authority = %1$s/ca.pem
                """.formatted(pki));
        Files.writeString(etc.resolve("org.l3distributor.controller.rest.cfg"), "auth = none\n");
        Files.writeString(etc.resolve("org.l3distributor.compute.local.cfg"), """
                command = /bin/false
                directory = %s
                """.formatted(
                        pki.resolveSibling("machines"))); // installed, and not asked
    }
}
