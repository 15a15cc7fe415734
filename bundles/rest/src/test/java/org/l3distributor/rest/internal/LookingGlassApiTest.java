// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.l3distributor.distributor.amphora.HeldConnections;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.distributor.amphora.OwnVipStatus;
import org.l3distributor.distributor.model.Metric;
import org.l3distributor.distributor.model.PeerRoute;
import org.l3distributor.distributor.model.Readiness;
import org.l3distributor.distributor.model.RouteState;
import org.l3distributor.distributor.service.ReadinessService;
import org.l3distributor.net.IpAddress;

class LookingGlassApiTest {
    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        api = new Api();
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
    }

    @BeforeEach
    void reset() {
        api.reset();
    }

    @Test
    void peers_listed_showTheSessionAndNoSecret() throws Exception {
        JsonNode peer = api.get("/1.0/distributor/peers").json().at("/peers/0");

        assertThat(peer.get("id").textValue()).isEqualTo("tor1");
        assertThat(peer.get("state").textValue()).isEqualTo("Established");
        assertThat(peer.get("remote_as").longValue()).isEqualTo(4200000000L);
        assertThat(peer.get("md5").booleanValue()).isTrue();
        assertThat(peer.get("ttl_hops").intValue()).isEqualTo(1);
        assertThat(peer.get("link_bandwidth").textValue()).isEqualTo("non_transitive");
        assertThat(peer.get("hold_time").doubleValue()).isEqualTo(9.0);
        assertThat(peer.get("remote_router_id").isNull()).isTrue();
        assertThat(peer.at("/counters/flaps").intValue()).isEqualTo(2);
    }

    @Test
    void peer_disabledAndEnabled_isShownAsItIsAfterwards() throws Exception {
        JsonNode down = api.post("/1.0/distributor/peers/tor1/disable", null).json();
        assertThat(down.get("enabled").booleanValue()).isFalse();
        assertThat(api.get("/1.0/distributor/peers/tor1").json().get("state").textValue())
                .isEqualTo("Idle");
        JsonNode up = api.post("/1.0/distributor/peers/tor1/enable", null).json();
        assertThat(up.get("enabled").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"clear", "refresh"})
    void peer_actedUpon_answersWithThePeer(String action) throws Exception {
        assertThat(api.post("/1.0/distributor/peers/tor1/" + action, null)
                        .json()
                        .get("id")
                        .textValue())
                .isEqualTo("tor1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/1.0/distributor/peers/nobody", "/1.0/distributor/peers/no%20body/advertised"})
    void peer_unknown_is404WithItsCode(String path) throws Exception {
        Api.Answer answer = api.get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().get("code").textValue()).isEqualTo("peer_not_found");
    }

    @Test
    void advertised_inPages_givesEveryRoute() throws Exception {
        for (int i = 1; i <= 3; i++) {
            api.put(
                    "/1.0/distributor/amphorae/a",
                    "{\"vip_ip\":\"203.0.113." + i + "\",\"nexthop_ip\":\"10.20.0.11\"}");
        }

        JsonNode first =
                api.get("/1.0/distributor/peers/tor1/advertised?limit=2").json();
        JsonNode second = api.get(first.at("/links/0/href").textValue()).json();

        assertThat(first.get("advertised").findValuesAsText("prefix"))
                .containsExactly("203.0.113.1/32", "203.0.113.2/32");
        assertThat(first.at("/advertised/0/link_bandwidth").doubleValue()).isEqualTo(375_000);
        assertThat(second.get("advertised").findValuesAsText("prefix")).containsExactly("203.0.113.3/32");
        assertThat(second.get("links")).isEmpty();
        assertThat(second.get("next_marker").isNull()).isTrue();
    }

    @Test
    void ownVips_showTheirReasonAndWhatEachPeerHas() throws Exception {
        assertThat(api.get("/1.0/distributor/own_vips").status()).isEqualTo(503);
        api.holdsALoadBalancer();
        IpAddress nextHop = IpAddress.parse("10.20.0.11");
        api.amphora.own.add(new OwnVipStatus(
                new OwnVip(IpAddress.parse("203.0.113.10"), nextHop, true, "served", 3),
                List.of(new PeerRoute(FakePorts.TOR, RouteState.ANNOUNCED, FakePorts.WRITTEN, null))));
        api.amphora.own.add(new OwnVipStatus(
                new OwnVip(IpAddress.parse("2001:db8::10"), null, false, "no IPv6 next hop"), List.of()));

        assertThat(api.get("/1.0/distributor/own_vips?limit=1").text())
                .isEqualTo("{\"own_vips\":[{\"vip_ip\":\"203.0.113.10\",\"nexthop_ip\":\"10.20.0.11\","
                        + "\"served\":true,\"reason\":\"served\",\"back_ends_up\":3,\"peers\":[{\"id\":\"tor1\",\"state\":\"announced\","
                        + "\"written_at\":\"2026-01-02T03:04:05.000006Z\",\"reason\":null}]}],"
                        + "\"links\":[{\"rel\":\"next\",\"href\":\"/1.0/distributor/own_vips?limit=1&marker=203.0.113.10\"}],"
                        + "\"next_marker\":\"203.0.113.10\"}");
        assertThat(api.get("/1.0/distributor/own_vips?marker=203.0.113.10")
                        .json()
                        .at("/own_vips/0/reason")
                        .textValue())
                .isEqualTo("no IPv6 next hop");
    }

    @Test
    void loadBalancers_showWhatClientsStillHaveOfThem() throws Exception {
        assertThat(api.get("/1.0/distributor/load_balancers").status()).isEqualTo(503);
        api.holdsALoadBalancer();
        api.amphora.held.add(new HeldConnections("lb-1", 3, 1));
        api.amphora.held.add(HeldConnections.unknown("lb-2"));

        assertThat(api.get("/1.0/distributor/load_balancers?limit=1").text())
                .isEqualTo("{\"load_balancers\":[{\"loadbalancer_id\":\"lb-1\",\"connections\":3,\"old_workers\":1}],"
                        + "\"links\":[{\"rel\":\"next\",\"href\":\"/1.0/distributor/load_balancers?limit=1&marker=lb-1\"}],"
                        + "\"next_marker\":\"lb-1\"}");
        assertThat(api.get("/1.0/distributor/load_balancers?marker=lb-1").text())
                .contains("{\"loadbalancer_id\":\"lb-2\",\"connections\":null,\"old_workers\":null}");
    }

    @Test
    void events_ofNobody_areNotFound() throws Exception {
        assertThat(api.get("/1.0/distributor/events").json().at("/events/0/at").textValue())
                .isEqualTo("2026-01-02T03:04:05.000006Z");
        assertThat(api.get("/1.0/distributor/events?limit=1001").status()).isEqualTo(400);
        assertThat(api.get("/1.0/distributor/events?peer_id=no,body").status()).isEqualTo(404);
    }

    @Test
    void readiness_whenNotReady_is503WithTheConditions() throws Exception {
        ReadinessService notReady =
                new Api.Told(new Readiness(false, List.of(new Readiness.Condition("session tor1", false, "Idle"))));
        assertThat(api.get("/1.0/distributor/readiness").status()).isEqualTo(200);
        api.ports.readiness().bind(notReady);

        Api.Answer answer = api.get("/1.0/distributor/readiness");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().at("/conditions/0/name").textValue()).isEqualTo("session tor1");
        assertThat(api.get("/1.0/distributor/health").text()).isEqualTo("{\"alive\":true}");
        api.ports.readiness().bind(new Api.Told(new Readiness(true, List.of())));
    }

    @Test
    void discovery_atTheRoot_namesTheVersion() throws Exception {
        assertThat(api.get("/").text()).isEqualTo("{\"api_version\":\"1.0\"}");
    }

    @Test
    void info_withoutHaproxy_claimsNone() throws Exception {
        JsonNode info = api.get("/1.0/info").json();

        assertThat(info.get("hostname").textValue()).isNotBlank();
        assertThat(info.get("haproxy_version").isNull()).isTrue();
    }

    @Test
    void details_ofThisHost_haveWhatOctaviaReads() throws Exception {
        JsonNode details = api.get("/1.0/details").json();

        assertThat(details.at("/memory/total").longValue()).isPositive();
        assertThat(details.at("/memory/swap_used").isNumber()).isTrue();
        assertThat(details.get("load")).hasSize(3);
        assertThat(details.at("/cpu/total").longValue()).isPositive();
        assertThat(details.at("/disk/available").longValue()).isPositive();
        assertThat(details.get("haproxy_count").intValue()).isZero();
        assertThat(details.at("/distributor/ready").booleanValue()).isTrue();
        assertThat(details.at("/distributor/profile_origin").textValue()).isEqualTo("none");
    }

    @Test
    void metrics_scraped_areInTheTextFormat() throws Exception {
        api.ports
                .metrics()
                .add(() -> List.of(new Metric(
                        "sessions",
                        Metric.Type.GAUGE,
                        "Sessions.",
                        List.of(new Metric.Sample(java.util.Map.of(), 2)))));

        Api.Answer answer = api.get("/metrics");

        assertThat(answer.type()).startsWith("text/plain").contains("version=0.0.4");
        assertThat(answer.text())
                .contains("# TYPE l3d_sessions gauge\nl3d_sessions 2\n")
                .contains("l3d_process_cpu_seconds_total ");
    }

    @Test
    void openApi_served_isTheDocument() throws Exception {
        assertThat(api.get("/openapi.json").json())
                .isEqualTo(new ObjectMapper().readTree(new File("../../docs/openapi.json")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/1.0/nothing", "/1.0/", "/1.0"})
    void unknownPath_outsideOfOurs_hasTheAgentsForm(String path) throws Exception {
        Api.Answer answer = api.delete(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.type()).startsWith("application/json");
        assertThat(answer.json().get("error").textValue()).startsWith("404 Not Found: ");
        assertThat(answer.json().get("http_code").intValue()).isEqualTo(404);
    }

    @Test
    void unknownMethod_outsideOfOurs_hasTheAgentsForm() throws Exception {
        Api.Answer answer = api.delete("/1.0/info");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.json().get("error").textValue()).startsWith("405 Method Not Allowed: ");
        assertThat(answer.http().headers().firstValue("Allow"))
                .hasValueSatisfying(v -> assertThat(v).contains("GET"));
    }

    @Test
    void unknownPathAndMethod_belowOurs_haveOurForm() throws Exception {
        assertThat(api.get("/1.0/distributor/nothing").json().get("code").textValue())
                .isEqualTo("unknown_path");
        Api.Answer answer = api.delete("/1.0/distributor/peers");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.json().get("code").textValue()).isEqualTo("method_not_allowed");
    }
}
