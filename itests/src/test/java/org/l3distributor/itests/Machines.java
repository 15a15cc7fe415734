// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.l3distributor.client.simulated.SimulatedAmphora;

/** Stands for the machines that the compute driver noop doesn't make: one for each port on which amphorae are managed. */
final class Machines implements AutoCloseable {
    private static final Pattern MANAGED = Pattern.compile("amp-(.+)-mgmt");
    private static final int PORT = 9443;

    private final CloudUser user;
    private final Pki pki;
    private final Map<String, SimulatedAmphora> running = new TreeMap<>();

    Machines(CloudUser user, Pki pki) {
        this.user = user;
        this.pki = pki;
    }

    /** Boots those that there aren't yet. */
    void boot() throws Exception {
        for (JsonNode port : user.get("/v2.0/ports").get("ports")) {
            Matcher name = MANAGED.matcher(port.get("name").asText());
            if (name.matches() && !running.containsKey(name.group(1))) {
                String id = name.group(1);
                pki.issue("amphora", id);
                SSLContext tls = pki.server("amphora");
                String address = port.at("/fixed_ips/0/ip_address").asText();
                running.put(id, new SimulatedAmphora(id, tls, InetAddress.getByName(address), PORT));
            }
        }
    }

    /** Of each, what its HAProxy was last told for a load balancer. */
    Map<String, String> configurations(String loadBalancer) {
        Map<String, String> texts = new TreeMap<>();
        running.forEach((id, amphora) -> texts.put(id, amphora.agent().configuration(loadBalancer)));
        return texts;
    }

    @Override
    public void close() {
        running.values().forEach(SimulatedAmphora::close);
    }
}
