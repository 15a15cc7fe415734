// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client;

import java.net.InetSocketAddress;

/**
 * Where an amphora's API listens, and who must answer there: its server certificate names the amphora by its id.
 *
 * @param amphoraId 1..36 letters, digits and '-'
 * @param address resolved; an amphora is never called by a name
 */
public record AmphoraEndpoint(String amphoraId, InetSocketAddress address) {
    public AmphoraEndpoint {
        if (!amphoraId.matches("[A-Za-z0-9-]{1,36}")) {
            throw new IllegalArgumentException(
                    "an amphora id is 1..36 letters, digits and '-', got \"" + amphoraId + "\"");
        }
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("the address of amphora " + amphoraId + " isn't resolved: " + address);
        }
    }
}
