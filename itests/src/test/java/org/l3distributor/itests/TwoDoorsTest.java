// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.l3distributor.distributor.controller.LoadBalancerService;
import org.l3distributor.distributor.model.Outcome;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The controller's API beside the amphora's in one container, behind one server: each at its own port, and at no other. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class TwoDoorsTest {
    private static final String HTTP = "etc/org.l3distributor.controller.http.cfg";
    private static final String LOG = "etc/org.ops4j.pax.logging.cfg";
    private static final String URL = "http://127.0.0.1:9876";
    private static final String LOAD_BALANCERS = "/v2/lbaas/loadbalancers";
    private static final String PEERS = "/1.0/distributor/peers";
    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    private BundleContext context;

    @Inject
    private SessionFactory shells;

    private final HttpClient client = HttpClient.newHttpClient();
    private ServiceRegistration<?> controller;

    /** What the controller's next answer waits for. */
    private volatile CompletableFuture<Void> turn = CompletableFuture.completedFuture(null);

    private final CompletableFuture<Void> asked = new CompletableFuture<>();

    @Configuration
    public Option[] container() throws Exception {
        return Stream.concat(
                        Stream.of(Container.with("role-distributor,cap-controller-rest,cap-controller-console")),
                        Stream.of(
                                editConfigurationFilePut(HTTP, "tls", "false"),
                                editConfigurationFilePut(HTTP, "bindHost", "127.0.0.1"),
                                editConfigurationFilePut("etc/org.l3distributor.controller.rest.cfg", "auth", "none"),
                                editConfigurationFilePut(LOG, "log4j2.logger.http.name", "org.l3distributor.http"),
                                editConfigurationFilePut(LOG, "log4j2.logger.http.level", "DEBUG")))
                .toArray(Option[]::new);
    }

    /** A controller that has no load balancers. */
    @Before
    public void registerController() throws Exception {
        Container.controller();
        assertFalse("open without a controller", isOpen("controller"));
        Object service = Proxy.newProxyInstance(
                LoadBalancerService.class.getClassLoader(),
                new Class<?>[] {LoadBalancerService.class},
                (self, method, args) -> switch (method.getName()) {
                    case "list" -> {
                        asked.complete(null);
                        yield turn.thenApply(nothing -> Outcome.done(List.of()));
                    }
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == args[0];
                    case "toString" -> "a controller without load balancers";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        controller = context.registerService(LoadBalancerService.class.getName(), service, new Hashtable<>());
        await("controller", true);
        assertEquals(URL, Files.readString(announcement("controller")).strip());
    }

    @After
    public void unregisterController() throws Exception {
        controller.unregister();
        await("controller", false);
        assertEquals(200, Container.controller().get(PEERS).status());
    }

    private static Path announcement(String door) {
        return Path.of(System.getProperty("karaf.data"), "run", door);
    }

    private static boolean isOpen(String door) {
        return Files.exists(announcement(door));
    }

    private static void await(String door, boolean open) throws Exception {
        Await.until(
                door + (open ? " is open" : " is closed"),
                SOON,
                () -> isOpen(door) == open,
                () -> announcement(door) + (open ? " isn't there" : " is there"));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(URL + path))
                        .timeout(Duration.ofSeconds(15))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Bundle bundle(String name) {
        return Arrays.stream(context.getBundles())
                .filter(b -> ("org.l3distributor." + name).equals(b.getSymbolicName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no bundle " + name));
    }

    private void assertControllerAnswersItself() throws Exception {
        HttpResponse<String> list = get(LOAD_BALANCERS);
        assertEquals(list.body(), 200, list.statusCode());
        assertEquals("{\"loadbalancers\":[],\"loadbalancers_links\":[]}", list.body());
        for (String path : List.of(PEERS, "/1.0/info", "/metrics", "/cxf", "/cxf/1.0/info")) {
            HttpResponse<String> none = get(path);
            assertEquals(path + ": " + none.body(), 404, none.statusCode());
            assertTrue(path + ": " + none.body(), none.body().contains("\"faultstring\""));
        }
    }

    private static void assertAmphoraAnswersItself() throws Exception {
        Controller amphora = Container.controller();
        Controller.Answer peers = amphora.get(PEERS);
        assertEquals(peers.body(), 200, peers.status());
        assertTrue(peers.body(), peers.body().startsWith("{\"peers\":["));
        for (String path : List.of(
                LOAD_BALANCERS, "/controller" + LOAD_BALANCERS, "/controller", "/cxf", "/cxf" + LOAD_BALANCERS)) {
            Controller.Answer none = amphora.get(path);
            assertEquals(path + ": " + none.body(), 404, none.status());
            assertFalse(path + ": " + none.body(), none.body().contains("\"faultstring\""));
        }
    }

    @Test
    public void controllersPort_leadsToItsApi_inWhateverWayTheClientWritesIt() throws Exception {
        for (String path : List.of(LOAD_BALANCERS, "/v2.0/lbaas/loadbalancers", "//v2.0/lbaas/loadbalancers/")) {
            HttpResponse<String> answer = get(path);
            assertEquals(path + ": " + answer.body(), 200, answer.statusCode());
            assertEquals("{\"loadbalancers\":[],\"loadbalancers_links\":[]}", answer.body());
        }
        HttpResponse<String> refused = client.send(
                HttpRequest.newBuilder(URI.create(URL + "/v2.0/lbaas/loadbalancers"))
                        .timeout(Duration.ofSeconds(15))
                        .POST(HttpRequest.BodyPublishers.ofString("{\"loadbalancer\":{\"name\":1}}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(refused.body(), 400, refused.statusCode());
        assertTrue(refused.body(), refused.body().contains("Invalid input for field/attribute name. Value: '1'."));
        assertTrue(get("/").body().contains("\"href\":\"" + URL + "/v2\""));
        assertEquals(200, get("/openapi.json").statusCode());
    }

    @Test
    public void clientThatGoesBeforeItsAnswer_isOneLineForWhoeverDebugs() throws Exception {
        Path log = Path.of(System.getProperty("karaf.log"), "appliance.log");
        int before = Files.readAllLines(log).size();
        turn = new CompletableFuture<>();
        try (Socket socket = new Socket("127.0.0.1", URI.create(URL).getPort())) {
            socket.setSoLinger(true, 0); // closing is a reset
            socket.getOutputStream()
                    .write(("GET " + LOAD_BALANCERS + " HTTP/1.1\r\nHost: x\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            asked.get(SOON.toSeconds(), TimeUnit.SECONDS);
        }
        turn.complete(null);
        Await.until(
                "it is logged that the client has gone",
                SOON,
                () -> Files.readString(log).contains("https=client-gone path=" + LOAD_BALANCERS),
                () -> Files.readString(log));
        assertEquals(200, get(LOAD_BALANCERS).statusCode());
        List<String> lines = Files.readAllLines(log);
        assertEquals(
                List.of(),
                lines.subList(before, lines.size()).stream()
                        .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                        .toList());
    }

    @Test
    public void console_asksTheController_withWhatTheAppliancesOwnCommandsAreMadeOf() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Session shell = shells.create(new ByteArrayInputStream(new byte[0]), out, out);
        shell.execute("controller:loadbalancers --json");
        assertEquals(
                "{\"loadbalancers\":[]}",
                printed.toString(StandardCharsets.UTF_8).strip());
        printed.reset();
        shell.execute("distributor:commands");
        String commands = printed.toString(StandardCharsets.UTF_8);
        assertTrue(commands, commands.contains("controller:speaker-assign"));
        shell.close();
    }

    @Test
    public void eachPort_leadsToItsOwnApiOnly_whicheverCameFirst() throws Exception {
        assertControllerAnswersItself();
        assertAmphoraAnswersItself();
        Bundle ofAmphora = bundle("rest");
        Bundle ofController = bundle("controller-rest");

        ofAmphora.stop();
        await("https", false);
        assertControllerAnswersItself();
        ofAmphora.start();
        await("https", true);
        assertControllerAnswersItself();
        assertAmphoraAnswersItself();

        ofController.stop();
        await("controller", false);
        assertAmphoraAnswersItself();
        ofController.start();
        await("controller", true);
        assertAmphoraAnswersItself();
        assertControllerAnswersItself();
    }
}
