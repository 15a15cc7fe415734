// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** Every call of the API on the running distribution, as a controller makes it, and what the router hears of it. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class RestTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BASE = "/1.0/distributor/";
    private static final String AMPHORAE = BASE + "amphorae";
    private static final String PEER = BASE + "peers/tor";
    private static final String VIP = "203.0.113.10";

    private Controller controller;
    private Router router;

    @Configuration
    public Option[] container() throws Exception {
        return Container.with("role-distributor");
    }

    @Before
    public void begin() throws Exception {
        controller = Container.controller();
        router = Container.router();
        router.awaitTable(Set.of());
    }

    /** Whatever a test did or refused: nothing is left of it. */
    @After
    public void end() throws Exception {
        assertEquals("{\"registrations\": []}", controller.clear());
        router.awaitTable(Set.of());
    }

    private JsonNode call(int status, String method, String path, String body) throws Exception {
        Controller.Answer answer = controller.call(method, path, body);
        assertEquals(method + " " + path + ": " + answer.body(), status, answer.status());
        return JSON.readTree(answer.body());
    }

    private JsonNode ok(String method, String path, String body) throws Exception {
        return call(200, method, path, body);
    }

    private static Set<String> texts(JsonNode rows, String field) {
        return new TreeSet<>(rows.findValuesAsText(field));
    }

    @Test
    public void discovery_infoDetailsHealthAndReadiness_answer() throws Exception {
        assertEquals("1.0", ok("GET", "/", "").get("api_version").asText());
        assertFalse(ok("GET", "/1.0/info", "").get("hostname").asText().isEmpty());
        assertTrue(ok("GET", "/1.0/details", "").at("/distributor/ready").asBoolean());
        assertTrue(ok("GET", BASE + "health", "").get("alive").asBoolean());
        JsonNode readiness = ok("GET", BASE + "readiness", "");
        assertEquals(Set.of("store", "profile", "session tor"), texts(readiness, "name"));
        assertEquals(
                "distributor",
                ok("GET", BASE + "speakers", "").at("/speakers/0/service_type").asText("distributor"));
        assertEquals(
                Set.of("tor"),
                Set.of(ok("GET", BASE + "speakers", "")
                        .at("/speakers/0/peers/0")
                        .asText()));
    }

    @Test
    public void openApi_isTheCheckedInDocument() throws Exception {
        assertEquals(JSON.readTree(new File(System.getProperty("l3d.openapi"))), ok("GET", "/openapi.json", ""));
    }

    @Test
    public void amphora_registeredListedShownAndUnregistered_isWhatTheRouterHas() throws Exception {
        Controller.Answer registered = controller.register(VIP);
        assertEquals(registered.body(), 200, registered.status());
        assertEquals(
                "announced",
                JSON.readTree(registered.body()).at("/peers/0/state").asText());
        // The answer means that it is on the wire: what the router hasn't read yet is only on its way.
        router.awaitTable(Set.of(VIP + "/32"));
        assertEquals("again", 200, controller.register(VIP).status());

        assertEquals(Set.of(VIP), texts(ok("GET", AMPHORAE, ""), "vip_ip"));
        assertEquals(Set.of(VIP), texts(ok("GET", AMPHORAE + "/" + Controller.AMPHORA, ""), "vip_ip"));
        assertEquals(Set.of(VIP + "/32"), texts(ok("GET", PEER + "/advertised", ""), "prefix"));
        JsonNode second = call(409, "PUT", AMPHORAE + "/" + Controller.AMPHORA, Controller.wish(VIP, "192.0.2.99"));
        assertTrue(second.toString(), second.get("details").asText().contains(Controller.NEXT_HOP));

        Controller.Answer gone = controller.unregister(VIP);
        assertEquals(gone.body(), 200, gone.status());
        assertEquals(
                "withdrawn", JSON.readTree(gone.body()).at("/peers/0/state").asText());
        router.awaitTable(Set.of());
        assertEquals(
                "registration_not_found",
                JSON.readTree(controller.unregister(VIP).body()).get("code").asText());
    }

    @Test
    public void vip_ofIpv6_registeredListedShownAndUnregistered_isWhatTheRouterHas() throws Exception {
        String path = BASE + "vips/2001:db8:100::10";
        ok("PUT", path, "{\"nexthop_ip\": \"2001:db8:1::1\"}");
        router.awaitTable(Set.of("2001:db8:100:0:0:0:0:10/128"));
        assertEquals(Set.of("2001:db8:100::10"), texts(ok("GET", BASE + "vips", ""), "vip_ip"));
        assertEquals(Set.of("2001:db8:100::10"), texts(ok("GET", path, ""), "vip_ip"));
        ok("DELETE", path + "?nexthop_ip=2001:db8:1::1", "");
    }

    @Test
    public void bulk_ofManyRows_isAnnouncedAndRemovedInOneCallEach_orNotAtAll() throws Exception {
        String rows = IntStream.rangeClosed(1, 200)
                .mapToObj(i -> "{\"vip_ip\": \"198.51.100.%d\", \"nexthop_ip\": \"192.0.2.10\"}".formatted(i))
                .collect(Collectors.joining(", "));
        JsonNode refused = call(
                400,
                "PUT",
                BASE + "registrations",
                "{\"registrations\": [%s, {\"vip_ip\": \"10.0.0.1\", \"nexthop_ip\": \"192.0.2.10\"}]}"
                        .formatted(rows));
        assertEquals("registrations[200].vip_ip", refused.at("/errors/0/field").asText());
        assertEquals(0, ok("GET", BASE + "vips", "").get("vips").size());

        String body = "{\"registrations\": [" + rows + "]}";
        assertEquals(
                200,
                ok("PUT", BASE + "registrations", body).get("registrations").size());
        router.await("200 routes", () -> router.table().size() == 200);
        JsonNode page = ok("GET", BASE + "vips?limit=150", "");
        assertEquals(150, page.get("vips").size());
        assertEquals(
                50, ok("GET", page.at("/links/0/href").asText(), "").get("vips").size());
        assertEquals(
                200,
                ok("POST", BASE + "registrations/remove", body).get("removed").size());
    }

    @Test
    public void peer_disabledEnabledClearedAndRefreshed_showsOnTheRouterAndInTheEvents() throws Exception {
        assertEquals(200, controller.register(VIP).status());
        router.awaitTable(Set.of(VIP + "/32"));
        try {
            int sessions = router.sessions();
            assertEquals("Established", ok("GET", PEER, "").get("state").asText());
            ok("POST", PEER + "/refresh", "");
            assertEquals("a refresh resets nothing", sessions, router.sessions());

            assertFalse(ok("POST", PEER + "/disable", "").get("enabled").asBoolean());
            router.await("the end of the session", () -> !router.isEstablished());
            JsonNode registered = call(
                    200,
                    "PUT",
                    AMPHORAE + "/" + Controller.AMPHORA,
                    Controller.wish("203.0.113.11", Controller.NEXT_HOP));
            assertEquals("pending", registered.at("/peers/0/state").asText());
            assertEquals(200, controller.unregister("203.0.113.11").status());
            assertTrue(ok("POST", PEER + "/enable", "").get("enabled").asBoolean());
            router.awaitTable(Set.of(VIP + "/32"));

            ok("POST", PEER + "/clear", "");
            router.await("a third session", () -> router.sessions() == sessions + 2);
            router.awaitTable(Set.of(VIP + "/32"));
            List<String> said = router.notifications();
            assertEquals(List.of("6/2", "6/4"), said.subList(said.size() - 2, said.size()));

            String events = ok("GET", BASE + "events?peer_id=tor&limit=100", "").toString();
            assertTrue(events, events.contains("->Established"));
            assertEquals(
                    "peer_not_found",
                    call(404, "POST", BASE + "peers/nobody/clear", "")
                            .get("code")
                            .asText());
        } finally {
            controller.call("POST", PEER + "/enable", "");
            router.awaitEstablished();
            assertEquals(200, controller.unregister(VIP).status());
        }
    }

    @Test
    public void profile_validatedReplacedAndReset_isInForceAtOnce() throws Exception {
        JsonNode before = ok("GET", BASE + "profile", "");
        assertEquals(
                "[\"tor\"]",
                texts(before.at("/speakers/0/peers"), "name").toString().replace("tor", "\"tor\""));
        String speakers = "{\"speakers\": " + before.get("speakers") + "}";
        String bad = speakers.replace("\"local_as\":64512", "\"local_as\":23456")
                .replaceAll("\"hold_time\":[0-9]+", "\"hold_time\":2");
        for (String call : new String[] {"POST " + BASE + "validate", "PUT " + BASE + "profile"}) {
            JsonNode refused = call(400, call.split(" ")[0], call.split(" ")[1], bad);
            assertTrue(
                    refused.toString(),
                    texts(refused.get("errors"), "field")
                            .containsAll(Set.of("[l3_bgp_speaker] local_as", "[l3_bgp_peer:tor] hold_time")));
        }
        assertEquals(before, ok("GET", BASE + "profile", ""));

        String other = speakers.replaceAll("\"hold_time\":[0-9]+", "\"hold_time\":60")
                .replaceAll("\"keepalive_interval\":[0-9]+", "\"keepalive_interval\":20");
        int sessions = router.sessions();
        ok("POST", BASE + "validate", other);
        assertEquals("a dry run changes nothing", before, ok("GET", BASE + "profile", ""));
        ok("PUT", BASE + "profile", other);
        assertEquals(
                60,
                ok("GET", BASE + "profile", "")
                        .at("/speakers/0/peers/0/hold_time")
                        .asInt());
        ok("DELETE", BASE + "profile", "");
        Await.until(
                "the file's profile is in force again",
                Duration.ofSeconds(10),
                () -> ok("GET", BASE + "profile", "").equals(before),
                () -> ok("GET", BASE + "profile", ""));
        router.await("sessions after " + sessions, router::isEstablished);
    }

    @Test
    public void metrics_ofARoute_countIt() throws Exception {
        assertEquals(200, controller.register(VIP).status());
        router.awaitTable(Set.of(VIP + "/32"));
        Controller.Answer scraped = controller.get("/metrics");
        assertEquals(200, scraped.status());
        assertTrue(scraped.body(), scraped.body().contains("# TYPE l3d_"));
        assertTrue(scraped.body(), scraped.body().contains("peer=\"tor\""));
        assertEquals(200, controller.unregister(VIP).status());
    }

    @Test
    public void badInput_overTls_isRefusedAndChangesNothing() throws Exception {
        String path = AMPHORAE + "/" + Controller.AMPHORA;
        String good = Controller.wish(VIP, Controller.NEXT_HOP);
        JsonNode unknown = call(400, "PUT", path, good.replace("}", ", \"colour\": 1}"));
        assertEquals("colour", unknown.get("field").asText());
        JsonNode twice = call(400, "PUT", path, good.replace("{", "{\"vip_ip\": \"203.0.113.11\", "));
        assertEquals("vip_ip", twice.get("field").asText());
        assertEquals(
                "malformed_json",
                call(400, "PUT", path, good.substring(1)).get("code").asText());
        assertEquals(400, controller.call("PUT", path, "").status());
        JsonNode outside = call(400, "PUT", path, Controller.wish("192.0.2.200", Controller.NEXT_HOP));
        assertEquals("vip_ip", outside.get("field").asText());
        assertTrue(outside.toString(), outside.get("rule").asText().contains("203.0.113.0/24"));
        JsonNode peer = call(400, "PUT", path, Controller.wish(Drive.ROUTER, Controller.NEXT_HOP));
        assertEquals("vip_ip", peer.get("field").asText());
        JsonNode nobody = call(400, "PUT", path, good.replace("}", ", \"peer_id\": \"nobody\"}"));
        assertTrue(nobody.toString(), nobody.get("rule").asText().contains("tor"));
        JsonNode large = call(413, "PUT", path, "{\"vip_ip\": \"" + "x".repeat(10_000_000) + "\"}");
        assertEquals("too_large", large.get("code").asText());
        assertEquals(405, controller.call("DELETE", BASE + "peers", "").status());
        assertEquals(
                "unsupported",
                call(400, "PUT", path + "/drain", "{}").get("code").asText());
    }
}
