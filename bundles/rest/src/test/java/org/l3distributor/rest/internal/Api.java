// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.ws.rs.core.Application;
import org.apache.cxf.jaxrs.servlet.CXFNonSpringJaxrsServlet;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.l3distributor.client.simulated.TestPki;
import org.l3distributor.distributor.model.Readiness;
import org.l3distributor.distributor.service.ReadinessService;
import org.l3distributor.rest.internal.host.HostFacts;
import org.l3distributor.rest.internal.http.AllowedClients;
import org.l3distributor.rest.internal.resource.Ports;

/** The whole application on a loopback port, by the same JAX-RS runtime and the same HTTP server as in the appliance. */
final class Api implements AutoCloseable {
    record Answer(int status, String type, String text, HttpResponse<String> http) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(text);
        }
    }

    final Ports ports = new Ports();
    final FakePorts fake = new FakePorts();
    final FakeProfile profile = new FakeProfile();
    final FakeAmphora amphora = new FakeAmphora();
    private final Server server = new Server();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ServerConnector secure = new ServerConnector(server, tls());
    private final int port;

    static {
        System.setProperty("org.apache.cxf.Logger", "org.apache.cxf.common.logging.Slf4jLogger");
    }

    record Told(Readiness readiness) implements ReadinessService {
        @Override
        public CompletionStage<Void> settled() {
            return CompletableFuture.completedStage(null);
        }
    }

    Api(String... allowedClients) throws Exception {
        ports.distributor().bind(fake);
        ports.peers().bind(fake);
        ports.profile().bind(profile);
        ports.readiness().bind(new Told(new Readiness(true, List.of(new Readiness.Condition("store", true, "")))));
        ServerConnector connector = new ServerConnector(server);
        secure.setHost("127.0.0.1");
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.addConnector(secure);
        ServletHolder holder = new ServletHolder(new CXFNonSpringJaxrsServlet(new Application() {
            @Override
            public Set<Object> getSingletons() {
                return Singletons.of(
                        ports,
                        new HostFacts(Path.of("/proc"), Path.of("."), "0.1.0"),
                        new AllowedClients(List.of(allowedClients)));
            }
        }));
        holder.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler(server, "/");
        context.addServlet(holder, "/*");
        server.start();
        port = connector.getLocalPort();
    }

    /** With the certificate of speaker-1. */
    private static SslContextFactory.Server tls() {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setSslContext(TestPki.server("speaker-1"));
        tls.setNeedClientAuth(true);
        return tls;
    }

    /** Where it listens with mutual TLS. */
    InetSocketAddress secure() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName("127.0.0.1"), secure.getLocalPort());
    }

    Answer call(String method, String path, String type, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (type != null) {
            request.header("Content-Type", type);
        }
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                answer.statusCode(), answer.headers().firstValue("Content-Type").orElse(""), answer.body(), answer);
    }

    Answer get(String path) throws IOException, InterruptedException {
        return call("GET", path, null, null);
    }

    Answer put(String path, String body) throws IOException, InterruptedException {
        return call("PUT", path, "application/json", body);
    }

    Answer post(String path, String body) throws IOException, InterruptedException {
        return call("POST", path, body == null ? null : "application/json", body);
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return call("DELETE", path, null, null);
    }

    /** As at the start. */
    void reset() {
        fake.reset();
        amphora.reset();
        holdsNoLoadBalancer();
        profile.profile = null;
        ports.distributor().bind(fake);
    }

    /** From now on the appliance is an amphora, too. */
    void holdsALoadBalancer() {
        ports.loadBalancers().bind(amphora);
        ports.plugs().bind(amphora);
        ports.agentFiles().bind(amphora);
        ports.ownRoutes().bind(amphora);
    }

    void holdsNoLoadBalancer() {
        ports.loadBalancers().unbind(amphora);
        ports.plugs().unbind(amphora);
        ports.ownRoutes().unbind(amphora);
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
