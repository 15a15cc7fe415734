// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.l3distributor.client.AmphoraEndpoint;
import org.l3distributor.distributor.model.Owner;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/** An amphora that speaks its API over mutual TLS, and can be made to misbehave. It announces and serves nothing. */
public final class SimulatedAmphora implements AutoCloseable {
    /** What becomes of a call in place of the right thing; called on the server's thread. */
    public interface Misbehaviour {
        /** @return true when the exchange has been dealt with */
        boolean instead(HttpExchange exchange) throws IOException;
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WRITTEN = "2026-01-02T03:04:05Z";

    private final String id;
    private final List<String> peers;
    private final HttpsServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final TreeMap<String, Registration> registrations = new TreeMap<>(); // by marker
    private final Map<IpAddress, IpAddress> own = new TreeMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final SimulatedAgent agent = new SimulatedAgent(this::start);
    private volatile Misbehaviour misbehaviour = exchange -> false;
    private volatile String peerState = "announced";
    private volatile boolean stopped;

    /** An amphora with the certificate of its name, on a free port of 127.0.0.1. */
    public SimulatedAmphora(String id, String... peers) throws IOException {
        this(id, id, 0, peers);
    }

    /**
     * @param certificate whose it presents
     * @param port 0 = a free one
     */
    public SimulatedAmphora(String id, String certificate, int port, String... peers) throws IOException {
        this(id, TestPki.server(certificate), InetAddress.getByName("127.0.0.1"), port, peers);
    }

    /** One whose certificate somebody else has made. */
    public SimulatedAmphora(String id, SSLContext tls, InetAddress address, int port, String... peers)
            throws IOException {
        this.id = id;
        this.peers = List.of(peers);
        server = HttpsServer.create(new InetSocketAddress(address, port), 200);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters required = tls.getDefaultSSLParameters();
                required.setNeedClientAuth(true);
                parameters.setSSLParameters(required);
            }
        });
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    /** One on ::1. */
    public static SimulatedAmphora onIpv6(String id, String... peers) throws IOException {
        return new SimulatedAmphora(id, TestPki.server(id), InetAddress.getByName("::1"), 0, peers);
    }

    public String id() {
        return id;
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    public AmphoraEndpoint endpoint() {
        return new AmphoraEndpoint(id, address());
    }

    public void misbehave(Misbehaviour how) {
        misbehaviour = how;
    }

    public void behave() {
        misbehaviour = exchange -> false;
    }

    /** What every peer is said to have: announced, or pending as where sessions are down. */
    public void peerState(String state) {
        peerState = state;
    }

    public synchronized List<Registration> registrations() {
        return List.copyOf(registrations.values());
    }

    /** Somebody else changes what is registered. */
    public synchronized void tamper(List<Registration> added, List<Registration> removed) {
        removed.forEach(r -> registrations.remove(marker(r)));
        added.forEach(r -> registrations.put(marker(r), r));
    }

    /** It serves the VIP itself, with this address as next hop. */
    public synchronized void serve(IpAddress vip, IpAddress nextHop) {
        own.put(vip, nextHop);
    }

    /** Whether its load balancer was stopped, and serves nothing. */
    public boolean stopped() {
        return stopped;
    }

    public void start() {
        stopped = false;
    }

    /** What it was given, and what runs there. */
    public SimulatedAgent agent() {
        return agent;
    }

    /** Every call since the beginning: method and path. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    private void handle(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        calls.add(exchange.getRequestMethod() + " " + uri);
        try (exchange) {
            if (!misbehaviour.instead(exchange)) {
                route(exchange, exchange.getRequestMethod() + " " + uri.getPath());
            }
        }
    }

    private void route(HttpExchange exchange, String call) throws IOException {
        if (call.equals("PUT /1.0/distributor/registrations")) {
            register(exchange);
        } else if (call.equals("POST /1.0/distributor/registrations/remove")) {
            remove(exchange);
        } else if (call.equals("GET /1.0/distributor/amphorae")) {
            list(exchange);
        } else if (call.equals("GET /1.0/distributor/own_vips")) {
            own(exchange);
        } else if (call.matches("PUT /1\\.0/loadbalancer/[^/]+/stop")) {
            stopped = true;
            agent.stop(call.split("/")[3]);
            answer(exchange, 202, JSON.createObjectNode().put("message", "OK").put("details", "Listener x stoped"));
        } else if (!agent.answers(exchange, call)) {
            refuse(exchange, 404, "unknown_path", "there is no such resource");
        }
    }

    private List<Registration> rows(HttpExchange exchange) throws IOException {
        List<Registration> rows = new ArrayList<>();
        for (JsonNode row :
                JSON.readTree(exchange.getRequestBody().readAllBytes()).get("registrations")) {
            JsonNode peer = row.get("peer_id");
            rows.add(new Registration(
                    new Owner.Amphora(row.get("amphora_id").asText()),
                    IpAddress.parse(row.get("vip_ip").asText()),
                    IpAddress.parse(row.get("nexthop_ip").asText()),
                    peer == null ? null : new PeerId(peer.asText())));
        }
        return rows;
    }

    /** The appliance's rule: one next hop and owner for each VIP and peer; all rows or none. */
    private synchronized void register(HttpExchange exchange) throws IOException {
        List<Registration> rows = rows(exchange);
        TreeMap<String, Registration> next = new TreeMap<>();
        for (Registration row : rows) {
            if (row.peer() != null && !peers.contains(row.peer().value())) {
                refuse(exchange, 400, "invalid", "peer_id must be one of " + peers);
                return;
            }
            next.put(marker(row), row);
            List<Registration> others = new ArrayList<>(of(registrations, row.vip()));
            others.addAll(of(next, row.vip()));
            for (Registration other : others) {
                boolean meet =
                        row.peer() == null || other.peer() == null || row.peer().equals(other.peer());
                if (meet
                        && !(other.nextHop().equals(row.nextHop())
                                && other.owner().equals(row.owner()))) {
                    refuse(exchange, 409, "conflict", "it has next hop " + other.nextHop() + " of " + other.owner());
                    return;
                }
            }
        }
        registrations.putAll(next);
        ObjectNode body = JSON.createObjectNode();
        ArrayNode done = body.putArray("registrations");
        rows.forEach(row -> done.add(json(row, peerState)));
        answer(exchange, 200, body);
    }

    /** Those of a VIP: their markers begin with it. */
    private static Collection<Registration> of(TreeMap<String, Registration> all, IpAddress vip) {
        return all.subMap(vip + "|", vip + "}").values();
    }

    private synchronized void remove(HttpExchange exchange) throws IOException {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode removed = body.putArray("removed");
        ArrayNode absent = body.putArray("absent");
        for (Registration row : rows(exchange)) {
            List<Registration> gone = of(registrations, row.vip()).stream()
                    .filter(r -> r.owner().equals(row.owner())
                            && r.nextHop().equals(row.nextHop())
                            && (row.peer() == null || Objects.equals(row.peer(), r.peer())))
                    .toList();
            gone.forEach(r -> registrations.remove(marker(r)));
            gone.forEach(r -> removed.add(json(r, "withdrawn")));
            if (gone.isEmpty()) {
                absent.add(item(row));
            }
        }
        answer(exchange, 200, body);
    }

    private synchronized void list(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange.getRequestURI());
        int limit = Integer.parseInt(query.getOrDefault("limit", "10000"));
        String after = query.get("marker");
        List<Registration> rows = (after == null ? registrations : registrations.tailMap(after, false))
                .values().stream().limit(limit + 1L).toList();
        ObjectNode body = JSON.createObjectNode();
        ArrayNode page = body.putArray("amphorae");
        rows.stream().limit(limit).forEach(r -> page.add(json(r, peerState)));
        body.putArray("links");
        body.put("next_marker", rows.size() > limit ? marker(rows.get(limit - 1)) : null);
        answer(exchange, 200, body);
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> query = new TreeMap<>();
        for (String pair :
                uri.getQuery() == null ? new String[0] : uri.getQuery().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts[1]);
        }
        return query;
    }

    private synchronized void own(HttpExchange exchange) throws IOException {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode rows = body.putArray("own_vips");
        own.forEach((vip, nextHop) -> {
            ObjectNode row = JSON.createObjectNode()
                    .put("vip_ip", vip.toString())
                    .put("nexthop_ip", nextHop.toString())
                    .put("served", !stopped)
                    .put("reason", stopped ? "no listener of a running HAProxy binds " + vip : "served");
            row.set("peers", peerRows(peers, stopped ? "withdrawn" : peerState));
            rows.add(row);
        });
        body.putArray("links");
        body.putNull("next_marker");
        answer(exchange, 200, body);
    }

    private ObjectNode json(Registration row, String state) {
        ObjectNode json = item(row);
        json.set(
                "peers",
                peerRows(row.peer() == null ? peers : List.of(row.peer().value()), state));
        return json;
    }

    private static ObjectNode item(Registration row) {
        ObjectNode json = JSON.createObjectNode()
                .put("amphora_id", ((Owner.Amphora) row.owner()).amphoraId())
                .put("vip_ip", row.vip().toString())
                .put("nexthop_ip", row.nextHop().toString());
        return json.put("peer_id", row.peer() == null ? null : row.peer().value());
    }

    private static ArrayNode peerRows(List<String> peers, String state) {
        ArrayNode rows = JSON.createArrayNode();
        for (String peer : peers) {
            rows.add(JSON.createObjectNode()
                    .put("id", peer)
                    .put("state", state)
                    .put("written_at", state.equals("pending") ? null : WRITTEN)
                    .put("reason", state.equals("pending") ? "the session is down" : null));
        }
        return rows;
    }

    private static String marker(Registration r) {
        return r.vip() + "|" + r.nextHop() + "|" + r.owner() + "|" + (r.peer() == null ? "" : r.peer());
    }

    private static void refuse(HttpExchange exchange, int status, String code, String rule) throws IOException {
        answer(
                exchange,
                status,
                JSON.createObjectNode()
                        .put("message", "Refused")
                        .put("details", rule)
                        .put("code", code));
    }

    private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        answer(exchange, status, JSON.writeValueAsBytes(body));
    }

    /** For a misbehaviour that answers something of its own. */
    public static boolean answer(HttpExchange exchange, int status, String text) throws IOException {
        answer(exchange, status, text.getBytes(StandardCharsets.UTF_8));
        return true;
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    static Instant written() {
        return Instant.parse(WRITTEN);
    }

    /** Ends at once, with its connections. */
    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
