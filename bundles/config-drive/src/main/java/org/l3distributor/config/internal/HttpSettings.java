// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.config.internal;

import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;

/**
 * Where the REST listener stands and what it proves itself with: the configuration {@code org.l3distributor.http}. It
 * names files and never holds what is in them.
 */
record HttpSettings(String bindHost, int bindPort, Path serverCertificate, Path clientCa) {
    static final String PID = "org.l3distributor.http";

    Dictionary<String, Object> properties() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("bindHost", bindHost);
        properties.put("bindPort", bindPort);
        properties.put("serverCertificate", serverCertificate.toString());
        properties.put("clientCa", clientCa.toString());
        return properties;
    }
}
