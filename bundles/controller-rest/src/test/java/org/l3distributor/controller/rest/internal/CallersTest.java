// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.controller.rest.internal.http.Callers;
import org.l3distributor.distributor.controller.Caller;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;

/** Who may call, and what. */
class CallersTest {
    private static final Map<String, Caller> TOKENS = Map.of(
            "one", new Caller("p1", Set.of("member")),
            "other", new Caller("p2", Set.of("load-balancer_member")),
            "reader", new Caller("p1", Set.of("reader")),
            "nobody", new Caller("p1", Set.of("cook")),
            "observer", new Caller("p3", Set.of("load-balancer_global_observer")),
            "admin", new Caller("", Set.of("admin")));

    private Api api;

    @BeforeEach
    void open() throws Exception {
        api = new Api(Callers.Mode.TOKEN);
        api.ports
                .tokens()
                .bind(token -> CompletableFuture.completedFuture(
                        TOKENS.containsKey(token)
                                ? Outcome.done(TOKENS.get(token))
                                : Outcome.refused(
                                        token.equals("late")
                                                ? Refusal.notReady("the identity service doesn't answer")
                                                : new Refusal(Refusal.Kind.FORBIDDEN, "", null, "isn't valid"))));
    }

    @AfterEach
    void close() throws Exception {
        api.close();
    }

    private Api.Answer as(String token, String method, String path, String body) throws Exception {
        return api.call(method, path, body, "X-Auth-Token", token);
    }

    private String lb() throws Exception {
        Api.Answer made = as(
                "one",
                "POST",
                "/v2/lbaas/loadbalancers",
                "{\"loadbalancer\":{\"name\":\"web\",\"vip_subnet_id\":\"" + Api.FRONT4 + "\"}}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().path("loadbalancer").path("project_id").asText()).isEqualTo("p1");
        api.controller.settle();
        return made.json().path("loadbalancer").path("id").asText();
    }

    @Test
    void withoutAToken_orWithAWrongOne_aCallIsA401() throws Exception {
        Api.Answer without = api.get("/v2/lbaas/loadbalancers");
        assertThat(without.status()).isEqualTo(401);
        assertThat(without.http().headers().firstValue("WWW-Authenticate")).contains("Keystone");
        assertThat(as("wrong", "GET", "/v2/lbaas/loadbalancers", null).status()).isEqualTo(401);
    }

    @Test
    void withoutWhoeverJudgesTokens_aCallIsA503() throws Exception {
        assertThat(as("late", "GET", "/v2/lbaas/loadbalancers", null).status()).isEqualTo(503);
        api.ports.tokens().unbind(api.ports.tokens().get());
        assertThat(as("one", "GET", "/v2/lbaas/loadbalancers", null).status()).isEqualTo(503);
        assertThat(api.get("/").status()).as("discovery needs no token").isEqualTo(200);
    }

    @Test
    void aProjectsThings_areItsMembersOnly() throws Exception {
        String one = "/v2/lbaas/loadbalancers/" + lb();
        assertThat(as("one", "GET", one, null).status()).isEqualTo(200);
        assertThat(as("other", "GET", one, null).status()).isEqualTo(403);
        assertThat(as("other", "GET", one, null).fault())
                .isEqualTo("Policy does not allow this request to be performed.");
        assertThat(as("other", "PUT", one, "{\"loadbalancer\":{\"name\":\"mine\"}}")
                        .status())
                .isEqualTo(403);
        assertThat(as("other", "DELETE", one, null).status()).isEqualTo(403);
        assertThat(as("nobody", "GET", one, null).status()).isEqualTo(403);
        assertThat(as("reader", "GET", one, null).status()).isEqualTo(200);
        assertThat(as("reader", "DELETE", one, null).status()).isEqualTo(403);
        assertThat(as("observer", "GET", one, null).status()).isEqualTo(200);
        assertThat(as("observer", "DELETE", one, null).status()).isEqualTo(403);
        assertThat(as("one", "PUT", one + "/failover", null).status()).isEqualTo(403);
        assertThat(as("admin", "PUT", one + "/failover", null).status()).isEqualTo(202);
    }

    @Test
    void lists_showOnlyTheCallersProject_whateverFilterIsGiven() throws Exception {
        lb();
        String list = "/v2/lbaas/loadbalancers";
        assertThat(as("one", "GET", list, null).json().path("loadbalancers")).hasSize(1);
        assertThat(as("other", "GET", list, null).json().path("loadbalancers")).isEmpty();
        assertThat(as("other", "GET", list + "?project_id=p1", null).status()).isEqualTo(403);
        assertThat(as("other", "GET", list + "?tenant_id=p1", null).status()).isEqualTo(403);
        assertThat(as("admin", "GET", list + "?project_id=p1", null).json().path("loadbalancers"))
                .hasSize(1);
        assertThat(as("observer", "GET", list, null).json().path("loadbalancers"))
                .hasSize(1);
    }

    @Test
    void whatBelongsToALoadBalancer_isItsProjects() throws Exception {
        String lb = lb();
        String body = "{\"listener\":{\"loadbalancer_id\":\"" + lb + "\",\"protocol\":\"HTTP\",\"protocol_port\":80}}";
        assertThat(as("other", "POST", "/v2/lbaas/listeners", body).status()).isEqualTo(403);
        Api.Answer made = as("one", "POST", "/v2/lbaas/listeners", body);
        assertThat(made.json().path("listener").path("project_id").asText()).isEqualTo("p1");
        api.controller.settle();
        String pool = "{\"pool\":{\"loadbalancer_id\":\"" + lb
                + "\",\"protocol\":\"HTTP\",\"lb_algorithm\":\"ROUND_ROBIN\"}}";
        assertThat(as("other", "POST", "/v2/lbaas/pools", pool).status()).isEqualTo(403);
        String id = as("one", "POST", "/v2/lbaas/pools", pool)
                .json()
                .path("pool")
                .path("id")
                .asText();
        api.controller.settle();
        String member = "{\"member\":{\"address\":\"10.0.0.1\",\"protocol_port\":80}}";
        assertThat(as("other", "POST", "/v2/lbaas/pools/" + id + "/members", member)
                        .status())
                .isEqualTo(403);
        assertThat(as("other", "GET", "/v2/lbaas/pools/" + id + "/members", null)
                        .status())
                .isEqualTo(403);
        assertThat(as("reader", "GET", "/v2/lbaas/pools/" + id + "/members", null)
                        .status())
                .isEqualTo(200);
        String monitor = "{\"healthmonitor\":{\"pool_id\":\"" + id
                + "\",\"type\":\"TCP\",\"delay\":5,\"timeout\":3,\"max_retries\":3}}";
        assertThat(as("other", "POST", "/v2/lbaas/healthmonitors", monitor).status())
                .isEqualTo(403);
    }

    @Test
    void anotherProjectsLoadBalancer_isMadeByAdministratorsOnly() throws Exception {
        String body = "{\"loadbalancer\":{\"project_id\":\"p2\",\"vip_subnet_id\":\"" + Api.FRONT4 + "\"}}";
        assertThat(as("one", "POST", "/v2/lbaas/loadbalancers", body).status()).isEqualTo(403);
        assertThat(as("admin", "POST", "/v2/lbaas/loadbalancers", body).status())
                .isEqualTo(201);
        String none = "{\"loadbalancer\":{\"vip_subnet_id\":\"" + Api.FRONT4 + "\"}}";
        assertThat(as("admin", "POST", "/v2/lbaas/loadbalancers", none).fault())
                .startsWith("Validation failure: Missing project ID in request where one is required.");
    }

    @Test
    void networks_areMadeByAdministratorsOnly() throws Exception {
        assertThat(as("one", "POST", "/v2.0/networks", "{\"network\":{\"name\":\"n\"}}")
                        .status())
                .isEqualTo(403);
        assertThat(as("one", "GET", "/v2.0/ports", null).status()).isEqualTo(403);
        assertThat(as("one", "GET", "/v2.0/subnets?name=front4", null).status()).isEqualTo(200);
    }

    @Test
    void withoutAuthentication_whatAProxyForwards_isRefused() throws Exception {
        try (Api open = new Api(Callers.Mode.NONE)) {
            assertThat(open.get("/v2/lbaas/loadbalancers").status()).isEqualTo(200);
            Api.Answer forwarded = open.call("GET", "/v2/lbaas/loadbalancers", null, "X-Forwarded-For", "203.0.113.9");
            assertThat(forwarded.status()).isEqualTo(403);
            assertThat(forwarded.fault()).contains("loopback");
            Api.Answer named = open.call(
                    "POST",
                    "/v2/lbaas/loadbalancers",
                    "{\"loadbalancer\":{\"vip_subnet_id\":\"" + Api.FRONT4 + "\"}}",
                    "X-Project-Id",
                    "p9");
            assertThat(named.json().path("loadbalancer").path("project_id").asText())
                    .isEqualTo("p9");
        }
    }

    @Test
    void throughAnotherDoor_nothingIsAnswered() throws Exception {
        try (Api behind = new Api(Callers.Mode.NONE, false)) {
            assertThat(behind.get("/controller/v2/lbaas/loadbalancers").status())
                    .isEqualTo(404);
        }
    }
}
