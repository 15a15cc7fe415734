// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.l3distributor.controller.rest.internal.http.Callers;
import org.l3distributor.distributor.controller.ProvisioningStatus;

class UserApiTest {
    private Api api;

    @BeforeEach
    void open() throws Exception {
        api = new Api(Callers.Mode.NONE);
    }

    @AfterEach
    void close() throws Exception {
        api.close();
    }

    private String loadBalancer(String name) throws Exception {
        return api.made(
                "loadbalancers", "loadbalancer", "\"name\":\"" + name + "\",\"vip_subnet_id\":\"" + Api.FRONT4 + "\"");
    }

    private String listener(String lb, int port) throws Exception {
        return api.made(
                "listeners",
                "listener",
                "\"loadbalancer_id\":\"" + lb + "\",\"protocol\":\"HTTP\",\"protocol_port\":" + port);
    }

    private String pool(String lb) throws Exception {
        return api.made(
                "pools",
                "pool",
                "\"loadbalancer_id\":\"" + lb + "\",\"protocol\":\"HTTP\",\"lb_algorithm\":\"ROUND_ROBIN\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/lbaas/loadbalancers", "/v2.0/lbaas/loadbalancers", "//v2.0//lbaas/loadbalancers/"})
    void create_byEitherPath_answersOctaviasJson(String path) throws Exception {
        Api.Answer answer = api.post(
                path,
                "{\"loadbalancer\":{\"name\":\"web\",\"vip_subnet_id\":\"" + Api.FRONT4 + "\",\"tags\":[\"a\"]}}");
        assertThat(answer.status()).isEqualTo(201);
        JsonNode lb = answer.json().path("loadbalancer");
        List<String> names = new ArrayList<>();
        lb.fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "id",
                        "name",
                        "description",
                        "provisioning_status",
                        "operating_status",
                        "admin_state_up",
                        "project_id",
                        "tenant_id",
                        "created_at",
                        "updated_at",
                        "vip_address",
                        "vip_port_id",
                        "vip_subnet_id",
                        "vip_network_id",
                        "additional_vips",
                        "frontend_network_id",
                        "frontend_subnet_id",
                        "amphora_count",
                        "listeners",
                        "pools",
                        "provider",
                        "flavor_id",
                        "vip_qos_policy_id",
                        "availability_zone",
                        "tags");
        assertThat(lb.path("provisioning_status").asText()).isEqualTo("PENDING_CREATE");
        assertThat(lb.path("operating_status").asText()).isEqualTo("OFFLINE");
        assertThat(lb.path("vip_address").asText()).isEqualTo("192.0.2.101");
        assertThat(lb.path("vip_network_id").asText()).isEqualTo(Api.FRONT);
        assertThat(lb.path("frontend_subnet_id").asText()).isEqualTo(Api.FRONT4);
        assertThat(lb.path("created_at").asText()).isEqualTo("2026-11-26T12:00:00");
        assertThat(lb.path("updated_at").isNull()).isTrue();
        assertThat(lb.path("project_id").asText()).isEqualTo("default");
        assertThat(lb.path("provider").asText()).isEqualTo("octavia");
    }

    @Test
    void aWholeLife_goesThroughAllStates() throws Exception {
        String lb = loadBalancer("web");
        String listener = listener(lb, 80);
        String pool = api.made(
                "pools",
                "pool",
                "\"listener_id\":\"" + listener + "\",\"protocol\":\"HTTP\",\"lb_algorithm\":\"ROUND_ROBIN\","
                        + "\"session_persistence\":{\"type\":\"APP_COOKIE\",\"cookie_name\":\"sid\"}");
        String member =
                api.made("pools/" + pool + "/members", "member", "\"address\":\"10.0.0.1\",\"protocol_port\":80");
        String monitor = api.made(
                "healthmonitors",
                "healthmonitor",
                "\"pool_id\":\"" + pool
                        + "\",\"type\":\"HTTP\",\"delay\":\"5\",\"timeout\":\"3\",\"max_retries\":3,\"http_version\":1.1,"
                        + "\"domain_name\":\"www.example.com\"");
        JsonNode shown = api.get("/v2/lbaas/loadbalancers/" + lb).json().path("loadbalancer");
        assertThat(shown.path("listeners").path(0).path("id").asText()).isEqualTo(listener);
        assertThat(shown.path("pools").path(0).path("id").asText()).isEqualTo(pool);
        JsonNode shownPool = api.get("/v2/lbaas/pools/" + pool).json().path("pool");
        assertThat(shownPool.path("healthmonitor_id").asText()).isEqualTo(monitor);
        assertThat(shownPool.path("listeners").path(0).path("id").asText()).isEqualTo(listener);
        assertThat(shownPool.path("session_persistence").path("cookie_name").asText())
                .isEqualTo("sid");
        assertThat(api.get("/v2/lbaas/listeners/" + listener)
                        .json()
                        .path("listener")
                        .path("default_pool_id")
                        .asText())
                .isEqualTo(pool);
        JsonNode tree = api.get("/v2/lbaas/loadbalancers/" + lb + "/status")
                .json()
                .path("statuses")
                .path("loadbalancer")
                .path("listeners")
                .path(0)
                .path("pools")
                .path(0);
        assertThat(tree.path("members").path(0).path("address").asText()).isEqualTo("10.0.0.1");
        assertThat(tree.path("health_monitor").path("type").asText()).isEqualTo("HTTP");

        Api.Answer changed = api.put("/v2/lbaas/pools/" + pool + "/members/" + member, "{\"member\":{\"weight\":0}}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().path("member").path("provisioning_status").asText())
                .isEqualTo("PENDING_UPDATE");
        assertThat(changed.json().path("member").path("weight").asInt()).isZero();
        api.controller.settle();
        assertThat(api.put("/v2/lbaas/pools/" + pool, "{\"pool\":{\"session_persistence\":null}}")
                        .json()
                        .path("pool")
                        .path("session_persistence")
                        .isNull())
                .isTrue();
        api.controller.settle();
        assertThat(api.put("/v2/lbaas/healthmonitors/" + monitor, "{\"healthmonitor\":{\"delay\":9}}")
                        .json()
                        .path("healthmonitor")
                        .path("delay")
                        .asInt())
                .isEqualTo(9);
        api.controller.settle();
        assertThat(api.put("/v2/lbaas/listeners/" + listener, "{\"listener\":{\"default_pool_id\":null}}")
                        .json()
                        .path("listener")
                        .path("default_pool_id")
                        .isNull())
                .isTrue();
        api.controller.settle();
        assertThat(api.put(
                                "/v2/lbaas/pools/" + pool + "/members",
                                "{\"members\":[{\"address\":\"10.0.0.2\",\"protocol_port\":80}]}")
                        .status())
                .isEqualTo(202);
        api.controller.settle();
        JsonNode members =
                api.get("/v2/lbaas/pools/" + pool + "/members").json().path("members");
        assertThat(members).hasSize(1);
        assertThat(members.path(0).path("address").asText()).isEqualTo("10.0.0.2");
        assertThat(api.get("/v2/lbaas/loadbalancers/" + lb + "/stats")
                        .json()
                        .path("stats")
                        .path("bytes_in")
                        .asInt())
                .isEqualTo(2);
        assertThat(api.put("/v2/lbaas/loadbalancers/" + lb + "/failover", null).status())
                .isEqualTo(202);
        api.controller.settle();
        for (String path : List.of("healthmonitors/" + monitor, "pools/" + pool, "listeners/" + listener)) {
            Api.Answer deleted = api.delete("/v2/lbaas/" + path);
            assertThat(deleted.status()).as(path).isEqualTo(204);
            assertThat(deleted.text()).isEmpty();
            api.controller.settle();
            assertThat(api.get("/v2/lbaas/" + path).status()).as(path).isEqualTo(404);
        }
        assertThat(api.delete("/v2/lbaas/loadbalancers/" + lb).status()).isEqualTo(204);
        assertThat(api.get("/v2/lbaas/loadbalancers/" + lb)
                        .json()
                        .path("loadbalancer")
                        .path("provisioning_status")
                        .asText())
                .isEqualTo("PENDING_DELETE");
        api.controller.settle();
        Api.Answer gone = api.get("/v2/lbaas/loadbalancers/" + lb);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.fault()).isEqualTo("Load Balancer " + lb + " not found.");
    }

    @Test
    void whileItIsPending_everyChange_isA409() throws Exception {
        String lb = loadBalancer("web");
        String listener = listener(lb, 80);
        String pool = pool(lb);
        String member =
                api.made("pools/" + pool + "/members", "member", "\"address\":\"10.0.0.1\",\"protocol_port\":80");
        api.controller.put(lb, ProvisioningStatus.PENDING_UPDATE);
        String state = "Invalid state PENDING_UPDATE of loadbalancer resource " + lb;
        String immutable = "Load Balancer " + lb + " is immutable and cannot be updated.";
        conflict(api.delete("/v2/lbaas/loadbalancers/" + lb + "?cascade=true"), state);
        conflict(api.put("/v2/lbaas/loadbalancers/" + lb, "{\"loadbalancer\":{\"name\":\"x\"}}"), state);
        conflict(api.put("/v2/lbaas/loadbalancers/" + lb + "/failover", null), state);
        conflict(api.put("/v2/lbaas/listeners/" + listener, "{\"listener\":{\"name\":\"x\"}}"), immutable);
        conflict(api.delete("/v2/lbaas/listeners/" + listener), immutable);
        conflict(api.put("/v2/lbaas/pools/" + pool, "{\"pool\":{\"name\":\"x\"}}"), immutable);
        conflict(api.delete("/v2/lbaas/pools/" + pool), immutable);
        conflict(api.put("/v2/lbaas/pools/" + pool + "/members/" + member, "{\"member\":{\"weight\":2}}"), immutable);
        conflict(api.delete("/v2/lbaas/pools/" + pool + "/members/" + member), immutable);
        conflict(api.put("/v2/lbaas/pools/" + pool + "/members", "{\"members\":[]}"), immutable);
    }

    private static void conflict(Api.Answer answer, String fault) throws Exception {
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.fault()).isEqualTo(fault);
        assertThat(answer.json().path("faultcode").asText()).isEqualTo("Client");
    }

    @Test
    void aDelete_withChildren_isA400_unlessItCascades() throws Exception {
        String lb = loadBalancer("web");
        listener(lb, 80);
        Api.Answer answer = api.delete("/v2/lbaas/loadbalancers/" + lb);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.fault())
                .isEqualTo("Validation failure: Cannot delete Load Balancer " + lb + " - it has children");
        assertThat(api.delete("/v2/lbaas/loadbalancers/" + lb + "?cascade=True").status())
                .isEqualTo(204);
    }

    @Test
    void badInput_isRefused_andChangesNothing() throws Exception {
        String path = "/v2/lbaas/loadbalancers";
        refused(api.post(path, ""), 400, "Request is not in valid JSON format");
        refused(api.post(path, "{\"loadbalancer\":{"), 400, "Request is not in valid JSON format");
        refused(api.post(path, "[]"), 400, "Request is not in valid JSON format");
        refused(
                api.post(path, "{\"loadbalancer\":{\"name\":\"a\",\"name\":\"b\"}}"),
                400,
                "is given twice in one JSON object");
        refused(api.post(path, "{\"loadbalancer\":{}}"), 400, "VIP must contain one of");
        refused(
                api.post(path, "{\"loadbalancer\":{\"vip_subnet_id\":\"" + Api.NOBODY + "\"}}"),
                400,
                "Subnet " + Api.NOBODY + " not found.");
        refused(
                api.post(
                        path,
                        "{\"loadbalancer\":{\"vip_subnet_id\":\"" + Api.FRONT4
                                + "\",\"vip_address\":\"198.51.100.1\"}}"),
                400,
                "IP address 198.51.100.1 is not a valid IP for the specified subnet.");
        refused(
                api.post(
                        path,
                        "{\"loadbalancer\":{\"vip_subnet_id\":\"" + Api.FRONT4 + "\",\"flavor_id\":\"" + Api.NOBODY
                                + "\"}}"),
                400,
                "Validation failure: Invalid flavor_id.");
        refused(api.put(path + "/" + Api.NOBODY, "{\"loadbalancer\":{\"name\":\"x\"}}"), 404, "not found.");
        refused(
                api.post(
                        "/v2/lbaas/listeners",
                        "{\"listener\":{\"loadbalancer_id\":\"" + Api.NOBODY
                                + "\",\"protocol\":\"HTTP\",\"protocol_port\":80}}"),
                404,
                "Load Balancer " + Api.NOBODY + " not found.");
        refused(
                api.post(
                        "/v2/lbaas/pools/" + Api.NOBODY + "/members",
                        "{\"member\":{\"address\":\"10.0.0.1\",\"protocol_port\":80}}"),
                404,
                "Pool " + Api.NOBODY + " not found.");
        refused(api.get("/v2/lbaas/nonsense"), 404, "The resource could not be found.");
        refused(api.call("PATCH", path, "{}"), 405, "The method is not allowed");
        refused(api.call("POST", path, "<x/>", "Content-Type", "application/xml"), 415, "application/json");
        assertThat(api.get(path).json().path("loadbalancers")).isEmpty();
    }

    private static void refused(Api.Answer answer, int status, String words) throws Exception {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.type()).startsWith("application/json");
        assertThat(answer.fault()).contains(words);
    }

    @Test
    void lists_arePagedFilteredSortedAndCut() throws Exception {
        for (String name : List.of("c", "a", "b")) {
            loadBalancer(name);
        }
        JsonNode first =
                api.get("/v2.0/lbaas/loadbalancers?limit=2&sort=name:asc").json();
        assertThat(names(first)).containsExactly("a", "b");
        JsonNode link = first.path("loadbalancers_links").path(0);
        assertThat(link.path("rel").asText()).isEqualTo("next");
        assertThat(link.path("href").asText())
                .startsWith(api.url + "/v2/lbaas/loadbalancers?")
                .contains("limit=2", "sort=name%3Aasc");
        JsonNode second =
                api.get(link.path("href").asText().substring(api.url.length())).json();
        assertThat(names(second)).containsExactly("c");
        assertThat(second.path("loadbalancers_links").path(0).path("rel").asText())
                .isEqualTo("previous");
        JsonNode back = api.get(second.path("loadbalancers_links")
                        .path(0)
                        .path("href")
                        .asText()
                        .substring(api.url.length()))
                .json();
        assertThat(names(back)).containsExactly("a", "b");
        JsonNode cut = api.get("/v2/lbaas/loadbalancers?name=a&fields=id&fields=name,nonsense")
                .json()
                .path("loadbalancers");
        assertThat(cut).hasSize(1);
        assertThat(cut.path(0)).hasSize(2);
        assertThat(names(api.get("/v2/lbaas/loadbalancers?provisioning_status=ACTIVE")
                        .json()))
                .hasSize(3);
        assertThat(names(api.get("/v2/lbaas/loadbalancers?project_id=other").json()))
                .isEmpty();
        assertThat(api.get("/v2/lbaas/loadbalancers?nonsense=1").fault())
                .isEqualTo("One or more arguments are either duplicate or invalid");
        assertThat(api.get("/v2/lbaas/loadbalancers?marker=x").fault())
                .isEqualTo("Supplied pagination marker 'x' is not valid.");
    }

    private static List<String> names(JsonNode page) {
        List<String> names = new ArrayList<>();
        page.path("loadbalancers").forEach(lb -> names.add(lb.path("name").asText()));
        return names;
    }

    @Test
    void lookUps_catalogueAndDiscovery_areAnsweredBesides() throws Exception {
        JsonNode subnets = api.get("/v2.0/subnets?name=front4").json().path("subnets");
        assertThat(subnets).hasSize(1);
        assertThat(subnets.path(0).path("cidr").asText()).isEqualTo("192.0.2.0/24");
        assertThat(subnets.path(0).path("gateway_ip").asText()).isEqualTo("192.0.2.1");
        assertThat(api.get("/v2.0/networks?name=front")
                        .json()
                        .path("networks")
                        .path(0)
                        .path("subnets"))
                .hasSize(2);
        assertThat(api.get("/v2.0/networks?id=" + Api.NOBODY).json().path("networks"))
                .isEmpty();
        loadBalancer("web");
        assertThat(api.get("/v2.0/ports")
                        .json()
                        .path("ports")
                        .path(0)
                        .path("fixed_ips")
                        .path(0)
                        .path("ip_address")
                        .asText())
                .isEqualTo("192.0.2.101");
        assertThat(api.get("/v2/lbaas/providers")
                        .json()
                        .path("providers")
                        .path(0)
                        .path("name")
                        .asText())
                .isEqualTo("octavia");
        assertThat(api.get("/v2/lbaas/flavors").json().path("flavors")).isEmpty();
        JsonNode versions = api.get("/").json().path("versions");
        assertThat(versions.path(0).path("links").path(0).path("href").asText()).isEqualTo(api.url + "/v2");
        assertThat(api.get("/v2.0").json().path("version").path("status").asText())
                .isEqualTo("CURRENT");
    }

    @Test
    void withoutAController_everyCallIsA503_andNothingElse() throws Exception {
        api.ports.loadBalancers().unbind(api.ports.loadBalancers().get());
        Api.Answer answer = api.get("/v2/lbaas/loadbalancers");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.fault()).isEqualTo("The controller isn't running (yet); try again");
        assertThat(answer.json().path("faultcode").asText()).isEqualTo("Server");
    }
}
