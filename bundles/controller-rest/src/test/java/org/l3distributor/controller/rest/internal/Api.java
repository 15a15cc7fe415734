// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.ws.rs.core.Application;
import org.apache.cxf.jaxrs.servlet.CXFNonSpringJaxrsServlet;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.HandlerWrapper;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.l3distributor.controller.rest.internal.http.Callers;
import org.l3distributor.controller.rest.internal.resource.Ports;
import org.l3distributor.distributor.controller.contract.MemoryController;
import org.l3distributor.distributor.controller.contract.MemoryNetworkDriver;
import org.l3distributor.distributor.controller.contract.MemoryOperator;
import org.l3distributor.distributor.network.Network;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.http.ControllerDoor;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/**
 * The whole application on a loopback port, by the same JAX-RS runtime and the same HTTP server as in the container, over a
 * controller in memory.
 */
final class Api implements AutoCloseable {
    static final String FRONT = "f0000000-0000-4000-8000-000000000001";
    static final String FRONT4 = "50000000-0000-4000-8000-000000000004";
    static final String FRONT6 = "50000000-0000-4000-8000-000000000006";
    static final String BACK = "f0000000-0000-4000-8000-000000000002";
    static final String BACK4 = "50000000-0000-4000-8000-000000000014";
    static final String NOBODY = "00000000-0000-4000-8000-000000000000";

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-26T12:00:00Z"), ZoneOffset.UTC);

    record Answer(int status, String type, String text, HttpResponse<String> http) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(text);
        }

        String fault() throws IOException {
            return json().path("faultstring").asText();
        }
    }

    final Ports ports = new Ports();
    final MemoryNetworkDriver networks = new MemoryNetworkDriver()
            .with(
                    new Network(FRONT, "front", 1500, true),
                    subnet(FRONT4, "front4", "192.0.2.0/24"),
                    subnet(FRONT6, "front6", "2001:db8::/64"))
            .with(
                    new Network(BACK, "back", 1500, false),
                    new Subnet(BACK4, BACK, "back4", IpPrefix.parse("10.20.0.0/24"), null, List.of()));
    final MemoryController controller = new MemoryController(networks, CLOCK);
    final MemoryOperator operator = new MemoryOperator(CLOCK);
    final String url;
    private final Server server = new Server();
    private final HttpClient client = HttpClient.newHttpClient();

    static {
        System.setProperty("org.apache.cxf.Logger", "org.apache.cxf.common.logging.Slf4jLogger");
    }

    Api(Callers.Mode mode) throws Exception {
        this(mode, true);
    }

    /** @param door false: requests come by another way than the controller's door */
    Api(Callers.Mode mode, boolean door) throws Exception {
        controller.offers(operator::distributor);
        ports.loadBalancers().bind(controller.loadBalancers());
        ports.listeners().bind(controller.listeners());
        ports.pools().bind(controller.pools());
        ports.members().bind(controller.members());
        ports.healthMonitors().bind(controller.healthMonitors());
        ports.amphorae().bind(operator.amphorae());
        ports.distributors().bind(operator.distributors());
        ports.profile().bind(operator.profile());
        ports.networks().bind(networks);
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletHolder holder = new ServletHolder(new CXFNonSpringJaxrsServlet(new Application() {
            @Override
            public Set<Object> getSingletons() {
                return Singletons.of(ports, new Callers(mode, "default", ports.tokens()));
            }
        }));
        holder.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler(null, "/");
        context.addServlet(holder, ControllerDoor.PREFIX + "/*");
        HandlerWrapper entrance = door ? new Entrance() : new HandlerWrapper();
        entrance.setHandler(context);
        server.setHandler(entrance);
        server.start();
        url = "http://127.0.0.1:" + connector.getLocalPort();
    }

    /** Does what bundle http does to what comes through the controller's door. */
    private static final class Entrance extends HandlerWrapper {
        @Override
        public void handle(String target, Request base, HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            if (base.getAttribute(ControllerDoor.ATTRIBUTE) != null) {
                super.handle(target, base, request, response);
                return;
            }
            base.setAttribute(ControllerDoor.ATTRIBUTE, ControllerDoor.PREFIX);
            String inside = ControllerDoor.inside(target);
            HttpURI uri = new HttpURI(base.getHttpURI());
            uri.setPathQuery(
                    ControllerDoor.inside(uri.getPath()) + (uri.getQuery() == null ? "" : "?" + uri.getQuery()));
            base.setHttpURI(uri);
            base.setPathInfo(inside);
            super.handle(inside, base, request, response);
        }
    }

    private static Subnet subnet(String id, String name, String cidr) {
        IpPrefix prefix = IpPrefix.parse(cidr);
        return new Subnet(
                id, FRONT, name, prefix, IpAddress.parse(id.equals(FRONT6) ? "2001:db8::1" : "192.0.2.1"), List.of());
    }

    Answer call(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                answer.statusCode(), answer.headers().firstValue("Content-Type").orElse(""), answer.body(), answer);
    }

    Answer get(String path) throws IOException, InterruptedException {
        return call("GET", path, null);
    }

    Answer post(String path, String body) throws IOException, InterruptedException {
        return call("POST", path, body);
    }

    Answer put(String path, String body) throws IOException, InterruptedException {
        return call("PUT", path, body);
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return call("DELETE", path, null);
    }

    /** Makes something, settled, and gives its id. */
    String made(String path, String root, String fields) throws IOException, InterruptedException {
        Answer answer = post("/v2/lbaas/" + path, "{\"" + root + "\":{" + fields + "}}");
        if (answer.status() != 201) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        controller.settle();
        return answer.json().path(root).path("id").asText();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
