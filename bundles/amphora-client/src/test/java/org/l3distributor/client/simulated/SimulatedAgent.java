// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The half of a simulated amphora that Octavia's own agent has: keeps what it is given, and says what runs. */
public final class SimulatedAgent {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern UPLOAD = Pattern.compile("PUT /1\\.0/loadbalancer/[^/]+/([^/]+)/haproxy");
    private static final Pattern CERTIFICATE =
            Pattern.compile("(PUT|GET|DELETE) /1\\.0/loadbalancer/([^/]+)/certificates/([^/]+)");
    private static final Pattern RUN = Pattern.compile("PUT /1\\.0/loadbalancer/([^/]+)/(start|reload)");
    private static final Pattern DELETE = Pattern.compile("DELETE /1\\.0/listeners/([^/]+)");
    private static final Pattern UNPLUG = Pattern.compile("DELETE /1\\.0/plug/vip/(.+)");
    private static final Pattern PLUG = Pattern.compile("POST /1\\.0/plug/vip/(.+)");

    private final Map<String, String> configurations = new TreeMap<>();
    private final Map<String, byte[]> certificates = new TreeMap<>();
    private final Map<String, JsonNode> plugged = new TreeMap<>(); // by VIP; "mac ..." = a back-end interface
    private final Set<String> running = new TreeSet<>();
    private final Runnable onStart;
    private String config = "";

    SimulatedAgent(Runnable onStart) {
        this.onStart = onStart;
    }

    /** The configuration last taken of a load balancer; "" when there is none. */
    public synchronized String configuration(String loadBalancer) {
        return configurations.getOrDefault(loadBalancer, "");
    }

    /** The load balancers whose HAProxy runs. */
    public synchronized Set<String> running() {
        return Set.copyOf(running);
    }

    /** The plugged VIPs, with the bodies that plugged them. */
    public synchronized Map<String, JsonNode> plugged() {
        return new TreeMap<>(plugged);
    }

    /** The agent's file that was last put; "" when there was none. */
    public synchronized String config() {
        return config;
    }

    synchronized void stop(String loadBalancer) {
        running.remove(loadBalancer);
    }

    /** @return false when it isn't the agent's */
    synchronized boolean answers(HttpExchange exchange, String call) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        return facts(exchange, call)
                || files(exchange, call, body)
                || haproxy(exchange, call)
                || plugs(exchange, call, body);
    }

    private boolean facts(HttpExchange exchange, String call) throws IOException {
        if (call.equals("GET /")) {
            return SimulatedAmphora.answer(exchange, 200, "{\"api_version\":\"1.0\"}");
        }
        ObjectNode facts = JSON.createObjectNode()
                .put("hostname", "simulated")
                .put("api_version", "1.0")
                .put("haproxy_version", "2.6.12-1+deb12u4");
        if (call.equals("GET /1.0/info")) {
            return SimulatedAmphora.answer(exchange, 200, facts.toString());
        }
        if (call.equals("GET /1.0/details")) {
            facts.put("haproxy_count", running.size()).put("cpu_count", 2);
            facts.putObject("memory")
                    .put("total", 2_000_000)
                    .put("free", 500_000)
                    .put("buffers", 0)
                    .put("cached", 0);
            facts.putArray("listeners");
            facts.putObject("networks");
            return SimulatedAmphora.answer(exchange, 200, facts.toString());
        }
        return false;
    }

    private boolean files(HttpExchange exchange, String call, byte[] body) throws IOException {
        Matcher upload = UPLOAD.matcher(call);
        if (upload.matches()) {
            configurations.put(upload.group(1), text(body));
            return ok(exchange, 202);
        }
        if (call.equals("PUT /1.0/config")) {
            config = text(body);
            return ok(exchange, 202);
        }
        if (call.equals("PUT /1.0/certificate")) {
            return ok(exchange, 202);
        }
        Matcher file = CERTIFICATE.matcher(call);
        return file.matches() && certificate(exchange, file, body);
    }

    private boolean certificate(HttpExchange exchange, Matcher file, byte[] body) throws IOException {
        String key = file.group(2) + "/" + file.group(3);
        switch (file.group(1)) {
            case "PUT" -> certificates.put(key, body);
            case "DELETE" -> certificates.remove(key);
            default -> {
                byte[] kept = certificates.get(key);
                return kept == null
                        ? said(exchange, 404, "Certificate Not Found")
                        : SimulatedAmphora.answer(exchange, 200, "{\"md5sum\":\"" + md5(kept) + "\"}");
            }
        }
        return ok(exchange, 200);
    }

    private boolean haproxy(HttpExchange exchange, String call) throws IOException {
        Matcher run = RUN.matcher(call);
        if (run.matches()) {
            if (!configurations.containsKey(run.group(1))) {
                return said(exchange, 404, "Loadbalancer Not Found");
            }
            running.add(run.group(1));
            onStart.run();
            return ok(exchange, 202);
        }
        Matcher delete = DELETE.matcher(call);
        if (delete.matches()) {
            configurations.remove(delete.group(1));
            running.remove(delete.group(1));
            return ok(exchange, 200);
        }
        return false;
    }

    private boolean plugs(HttpExchange exchange, String call, byte[] body) throws IOException {
        Matcher unplug = UNPLUG.matcher(call);
        if (unplug.matches()) {
            plugged.remove(unplug.group(1));
            return ok(exchange, 200);
        }
        Matcher plug = PLUG.matcher(call);
        boolean vip = plug.matches();
        if (!vip && !call.equals("POST /1.0/plug/network")) {
            return false;
        }
        JsonNode wanted = JSON.readTree(body);
        JsonNode before = plugged.put(
                vip ? plug.group(1) : "mac " + wanted.get("mac_address").asText(), wanted);
        return vip && wanted.equals(before) ? said(exchange, 409, "Interface already exists") : ok(exchange, 202);
    }

    private static boolean ok(HttpExchange exchange, int status) throws IOException {
        return said(exchange, status, "OK");
    }

    private static boolean said(HttpExchange exchange, int status, String message) throws IOException {
        return SimulatedAmphora.answer(exchange, status, "{\"message\":\"" + message + "\"}");
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
