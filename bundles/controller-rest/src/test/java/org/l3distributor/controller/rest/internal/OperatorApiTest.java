// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.controller.rest.internal.http.Callers;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.Caller;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.net.IpAddress;

class OperatorApiTest {
    private static final String AMPHORA = "a0000000-0000-4000-8000-000000000001";
    private static final String SPEAKERS = "/v2/octavia/bgp/speakers";
    private static final String PEERS = "/v2/octavia/bgp/peers";

    private Api api;

    @BeforeEach
    void open() throws Exception {
        api = new Api(Callers.Mode.NONE);
    }

    @AfterEach
    void close() throws Exception {
        api.close();
    }

    private Amphora amphora() {
        return Amphora.planned(AMPHORA, "lb", "combined", Instant.parse("2026-11-26T11:00:00Z"))
                .built("host-1", IpAddress.parse("10.1.0.5"), "rack1")
                .with(ProvisioningStatus.ALLOCATED);
    }

    private String made(String path, String root, String fields) throws Exception {
        Api.Answer answer = api.post(path, "{\"" + root + "\":{" + fields + "}}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path(root).path("id").asText();
    }

    private static void refused(Api.Answer answer, int status, String... words) throws Exception {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.fault()).contains(words);
    }

    @Test
    void amphora_isShownInOctaviasFields_andInOurs() throws Exception {
        api.operator.with(amphora());
        JsonNode shown = api.get("/v2.0/octavia/amphorae/" + AMPHORA).json().path("amphora");
        assertThat(shown.path("lb_network_ip").asText()).isEqualTo("10.1.0.5");
        assertThat(shown.path("loadbalancer_id").asText()).isEqualTo("lb");
        assertThat(shown.path("status").asText()).isEqualTo("ALLOCATED");
        assertThat(shown.path("cached_zone").asText()).isEqualTo("rack1");
        assertThat(shown.path("service_type").asText()).isEqualTo("combined");
        assertThat(shown.path("created_at").asText()).isEqualTo("2026-11-26T11:00:00");
        assertThat(shown.has("vrrp_ip")).isTrue();
        assertThat(api.get("/v2/octavia/amphorae?loadbalancer_id=lb&fields=id")
                        .json()
                        .path("amphorae"))
                .singleElement()
                .satisfies(one -> assertThat(one).hasSize(1));
        assertThat(api.get("/v2/octavia/amphorae?status=ERROR").json().path("amphorae"))
                .isEmpty();
        assertThat(api.get("/v2/octavia/amphorae/" + AMPHORA + "/stats")
                        .json()
                        .path("amphora_stats")
                        .path(0)
                        .path("bytes_in")
                        .asInt())
                .isEqualTo(1);
        refused(api.get("/v2/octavia/amphorae/none"), 404, "Amphora none not found.");
    }

    @Test
    void amphora_isFailedOverConfiguredAndDeleted_asTheControllerAllows() throws Exception {
        api.operator.with(amphora());
        String one = "/v2/octavia/amphorae/" + AMPHORA;
        assertThat(api.put(one + "/failover", null).status()).isEqualTo(202);
        assertThat(api.put(one + "/config", null).status()).isEqualTo(202);
        refused(api.delete(one), 409, "is immutable");
        api.operator.with(amphora().with(ProvisioningStatus.ERROR));
        assertThat(api.delete(one).status()).isEqualTo(204);
        assertThat(api.operator.asked())
                .containsExactly("failover " + AMPHORA, "configure " + AMPHORA, "delete " + AMPHORA);
        api.operator.with(amphora().with(ProvisioningStatus.PENDING_UPDATE));
        refused(api.put(one + "/failover", null), 409, "is immutable");
    }

    @Test
    void silentAmphorae_areShown_andSaidToBeDead() throws Exception {
        api.operator.with(amphora()).held(AMPHORA, Instant.parse("2026-11-26T11:00:00Z"));
        JsonNode silent = api.get("/v2/octavia/silent").json().path("silent");
        assertThat(silent.path("watched").asInt()).isEqualTo(1);
        assertThat(silent.path("most").asInt()).isEqualTo(3);
        assertThat(silent.path("held").asInt()).isEqualTo(1);
        JsonNode one = silent.path("amphorae").path(0);
        assertThat(one.path("id").asText()).isEqualTo(AMPHORA);
        assertThat(one.path("state").asText()).isEqualTo("HELD");
        assertThat(one.path("last_update").asText()).isEqualTo("2026-11-26T11:00:00");
        Api.Answer confirmed = api.put("/v2/octavia/silent/confirm", null);
        assertThat(confirmed.status()).isEqualTo(202);
        JsonNode after = confirmed.json().path("silent");
        assertThat(after.path("held").asInt()).isZero();
        assertThat(after.path("amphorae").path(0).path("state").asText()).isEqualTo("DEAD");
        assertThat(after.path("amphorae").path(0).path("last_update").isNull()).isTrue();
    }

    @Test
    void distributor_isMadeChangedAskedAndDeleted() throws Exception {
        String all = "/v2/octavia/distributors";
        String id = made(all, "distributor", "\"name\":\"racks\",\"topology\":\"DEDICATED\",\"redundancy\":2");
        JsonNode shown = api.get(all + "/" + id).json().path("distributor");
        assertThat(shown.path("distributor_type").asText()).isEqualTo("L3_BGP");
        assertThat(shown.path("topology").asText()).isEqualTo("DEDICATED");
        assertThat(shown.path("status").asText()).isEqualTo("PENDING_CREATE");
        assertThat(api.put(all + "/" + id, "{\"distributor\":{\"redundancy\":3}}")
                        .json()
                        .path("distributor")
                        .path("redundancy")
                        .asInt())
                .isEqualTo(3);
        assertThat(api.get(all + "?name=racks").json().path("distributors")).hasSize(1);

        String speaker = made(SPEAKERS, "speaker", "\"name\":\"s\",\"ip_version\":4,\"local_as\":64512");
        refused(
                api.post(all + "/" + id + "/amphorae", "{\"amphora\":{\"speaker_ids\":[\"x\"]}}"),
                400,
                "Speaker x not found.");
        refused(
                api.post(all + "/" + id + "/amphorae", "{\"amphora\":{\"speaker_ids\":[]}}"),
                400,
                "at least one speaker");
        refused(
                api.post(all + "/" + id + "/amphorae", "{\"amphora\":{\"speaker_ids\":[\"" + speaker + "\"]}}"),
                409,
                "The BGP peer profile would be broken");
        String peer = made(PEERS, "peer", "\"name\":\"tor\",\"peer_ip\":\"10.0.0.1\",\"remote_as\":64513");
        assertThat(api.put(SPEAKERS + "/" + speaker + "/peers/" + peer, null).status())
                .isEqualTo(200);
        Api.Answer amphora =
                api.post(all + "/" + id + "/amphorae", "{\"amphora\":{\"speaker_ids\":[\"" + speaker + "\"]}}");
        assertThat(amphora.status()).isEqualTo(201);
        assertThat(amphora.json()
                        .path("amphora")
                        .path("speakers")
                        .path(0)
                        .path("id")
                        .asText())
                .isEqualTo(speaker);
        assertThat(api.get(all + "/" + id + "/status").json().path("status").path("amphorae"))
                .hasSize(1);
        assertThat(api.put(all + "/" + id + "/repair", null).status()).isEqualTo(202);
        assertThat(api.operator.asked()).containsExactly("repair " + id);
        refused(api.delete(all + "/" + id), 409, "is in use by 0 load balancers and 1 amphorae");

        String combined = made(all, "distributor", "\"name\":\"x\"");
        refused(
                api.post(all + "/" + combined + "/amphorae", "{\"amphora\":{\"speaker_ids\":[\"" + speaker + "\"]}}"),
                409,
                "its topology is COMBINED");
        assertThat(api.delete(all + "/" + combined).status()).isEqualTo(204);
        refused(api.get(all + "/" + combined), 404, "not found");
        refused(api.post(all, "{\"distributor\":{\"distributor_type\":\"OTHER\"}}"), 400, "distributor_type", "OTHER");
        refused(
                api.post(all, "{\"distributor\":{\"topology\":\"RING\",\"redundancy\":17,\"name\":1,\"x\":1}}"),
                400,
                "Value: 'RING'",
                "Value: '17'",
                "Value: '1'",
                "Unknown attribute",
                "topology",
                "redundancy");
    }

    @Test
    void anActiveDistributor_isAFlavor_thatUsersChoose() throws Exception {
        String flavors = "/v2/lbaas/flavors";
        String id = made(
                "/v2/octavia/distributors",
                "distributor",
                "\"name\":\"racks\",\"topology\":\"DEDICATED\",\"redundancy\":2");
        assertThat(api.get(flavors).json().path("flavors"))
                .as("nobody has it yet")
                .isEmpty();
        String wish = "{\"loadbalancer\":{\"vip_subnet_id\":\"" + Api.FRONT4 + "\",\"flavor_id\":\"" + id + "\"}}";
        refused(
                api.post("/v2/lbaas/loadbalancers", wish),
                400,
                "The selected flavor is not allowed in this deployment: " + id);
        api.operator.settle();
        JsonNode listed = api.get(flavors + "?name=racks").json().path("flavors");
        assertThat(listed).hasSize(1);
        assertThat(listed.path(0).path("id").asText()).isEqualTo(id);
        assertThat(listed.path(0).path("description").asText()).contains("2 for each next hop");
        assertThat(api.get(flavors + "?name=x").json().path("flavors")).isEmpty();
        assertThat(api.get(flavors + "/" + id)
                        .json()
                        .path("flavor")
                        .path("enabled")
                        .asBoolean())
                .isTrue();
        refused(api.get(flavors + "/none"), 404, "Flavor none not found.");
        Api.Answer made = api.post("/v2/lbaas/loadbalancers", wish);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().path("loadbalancer").path("flavor_id").asText()).isEqualTo(id);
    }

    @Test
    void speakersAndPeers_areTheProfile_andAmphoraeRunIt() throws Exception {
        api.operator.with(amphora());
        String speaker = made(
                SPEAKERS,
                "speaker",
                "\"name\":\"front\",\"ip_version\":4,\"local_as\":4200000000,\"allowed_vip_prefixes\":[\"203.0.113.0/24\"]");
        String peer = made(
                PEERS,
                "peer",
                "\"name\":\"tor1\",\"peer_ip\":\"10.0.0.1\",\"remote_as\":64512,\"auth_type\":\"md5\",\"ttl_hops\":1,"
                        + "\"hold_time\":9,\"families\":[\"ipv4\"],\"add_path\":false");
        JsonNode shown = api.get(PEERS + "/" + peer).json().path("peer");
        assertThat(shown.path("auth_type").asText()).isEqualTo("md5");
        assertThat(shown.path("families").path(0).asText()).isEqualTo("ipv4");
        assertThat(shown.path("keepalive_interval").isNull()).isTrue();
        assertThat(shown.toString()).doesNotContain("password");

        refused(
                api.put(SPEAKERS + "/" + speaker + "/amphorae/" + AMPHORA, null),
                409,
                "The BGP peer profile would be broken",
                "peers");
        Api.Answer with = api.put(SPEAKERS + "/" + speaker + "/peers/" + peer, null);
        assertThat(with.status()).isEqualTo(200);
        assertThat(with.json().path("speaker").path("peers").path(0).path("id").asText())
                .isEqualTo(peer);
        assertThat(api.put(SPEAKERS + "/" + speaker + "/amphorae/" + AMPHORA, null)
                        .status())
                .isEqualTo(200);
        assertThat(api.get("/v2/octavia/amphorae/" + AMPHORA)
                        .json()
                        .path("amphora")
                        .path("speakers"))
                .hasSize(1);
        refused(api.delete(SPEAKERS + "/" + speaker), 409, "is run by 1 amphorae");
        refused(api.delete(PEERS + "/" + peer), 409, "belongs to 1 speakers");
        refused(api.delete(SPEAKERS + "/" + speaker + "/peers/" + peer), 409, "would be broken");
        refused(
                api.put(PEERS + "/" + peer, "{\"peer\":{\"peer_ip\":\"2001:db8::1\"}}"),
                409,
                "must be an IPv4 address");
        assertThat(api.put(PEERS + "/" + peer, "{\"peer\":{\"hold_time\":null,\"enabled\":false}}")
                        .json()
                        .path("peer")
                        .path("hold_time")
                        .isNull())
                .isTrue();
        assertThat(api.put(SPEAKERS + "/" + speaker, "{\"speaker\":{\"local_as\":64513}}")
                        .json()
                        .path("speaker")
                        .path("local_as")
                        .asInt())
                .isEqualTo(64_513);
        assertThat(api.put(SPEAKERS + "/" + speaker + "/push", null).status()).isEqualTo(202);
        assertThat(api.get(SPEAKERS + "?ip_version=4").json().path("speakers")).hasSize(1);
        assertThat(api.get(PEERS + "?peer_ip=10.0.0.2").json().path("peers")).isEmpty();

        assertThat(api.delete(SPEAKERS + "/" + speaker + "/amphorae/" + AMPHORA).status())
                .isEqualTo(204);
        assertThat(api.delete(SPEAKERS + "/" + speaker + "/peers/" + peer).status())
                .isEqualTo(204);
        assertThat(api.delete(SPEAKERS + "/" + speaker).status()).isEqualTo(204);
        assertThat(api.delete(PEERS + "/" + peer).status()).isEqualTo(204);
    }

    @Test
    void whatIsTaken_orWrong_orSecret_isRefused() throws Exception {
        made(PEERS, "peer", "\"name\":\"tor1\",\"peer_ip\":\"10.0.0.1\",\"remote_as\":64512");
        refused(
                api.post(PEERS, "{\"peer\":{\"name\":\"tor1\",\"peer_ip\":\"10.0.0.1\",\"remote_as\":64512}}"),
                409,
                "tor1");
        refused(
                api.post(PEERS, "{\"peer\":{\"name\":\"tor2\",\"peer_ip\":\"no\",\"remote_as\":0,\"hold_time\":1}}"),
                400,
                "Invalid input for field/attribute peer_ip. Value: 'no'.",
                "Invalid input for field/attribute remote_as. Value: '0'.",
                "hold_time");
        Api.Answer secret = api.post(
                PEERS,
                "{\"peer\":{\"name\":\"t\",\"peer_ip\":\"10.0.0.1\",\"remote_as\":1,\"auth_type\":\"md5\",\"md5_password\":\"hunter2\"}}");
        refused(secret, 400, "secret_refused: md5_password");
        assertThat(secret.text()).doesNotContain("hunter2");
        refused(api.post(SPEAKERS, "{\"speaker\":{}}"), 400, "name", "Mandatory field missing");
        refused(api.get(SPEAKERS + "/none"), 404, "Speaker none not found.");
    }

    @Test
    void operatorsCalls_areAdministratorsOnly() throws Exception {
        try (Api judged = new Api(Callers.Mode.TOKEN)) {
            judged.ports
                    .tokens()
                    .bind(token -> CompletableFuture.completedFuture(Outcome.done(new Caller("p", Set.of(token)))));
            for (String path : List.of("/v2/octavia/amphorae", "/v2/octavia/distributors", SPEAKERS, PEERS)) {
                assertThat(judged.call("GET", path, null, "X-Auth-Token", "member")
                                .status())
                        .as(path)
                        .isEqualTo(403);
                assertThat(judged.call("GET", path, null, "X-Auth-Token", "admin")
                                .status())
                        .as(path)
                        .isEqualTo(200);
                assertThat(judged.get(path).status()).as(path).isEqualTo(401);
            }
        }
    }
}
