// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.l3distributor.distributor.amphora.AgentSettings.ActiveStandby;
import org.l3distributor.distributor.amphora.LoadBalancerService.ListenerView;
import org.l3distributor.distributor.amphora.PlugService.AdditionalVip;
import org.l3distributor.distributor.amphora.PlugService.FixedIp;
import org.l3distributor.distributor.amphora.PlugService.HostRoute;
import org.l3distributor.distributor.amphora.PlugService.VipPlug;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** What Octavia's agent answers, asked as the Octavia controller asks: mostly without a media type. */
class AmphoraApiTest {
    private static final String AMPHORA = "5a8a3a5e-5d9e-4d6c-9a3e-0c7a00000001";
    private static final String LB = "11111111-1111-4111-8111-000000000001";
    private static final String PATH = "/1.0/loadbalancer/" + LB;
    private static final String VIP_BODY = """
            {"additional_vips": [{"gateway": "2001:db8:aa::1", "host_routes": [], "ip_address": "2001:db8:aa::10",
             "subnet_cidr": "2001:db8:aa::/64"}], "gateway": "203.0.113.1",
             "host_routes": [{"destination": "198.51.100.0/24", "nexthop": "203.0.113.1"}],
             "mac_address": "fa:16:3e:aa:00:01", "mtu": 1450, "subnet_cidr": "203.0.113.0/24",
             "vrrp_ip": "203.0.113.21", "is_sriov": false}""";

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
        api.holdsALoadBalancer();
    }

    /** As the controller sends bodies and empty calls: without a media type. */
    private static Api.Answer bare(String method, String path, String body) throws Exception {
        return api.call(method, path, null, body);
    }

    private static void assertSaid(Api.Answer answer, int status, String json) throws Exception {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("application/json");
        assertThat(answer.json()).isEqualTo(new ObjectMapper().readTree(json));
    }

    private static String etag(Api.Answer answer) {
        return answer.http().headers().firstValue("ETag").orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "//", "///"})
    void version_withAnyNumberOfSlashes_isTold(String path) throws Exception {
        assertSaid(api.get(path), 200, "{\"api_version\":\"1.0\"}");
    }

    @Test
    void calls_withDoubledSlashes_areTheSameCalls() throws Exception {
        assertSaid(api.get("//1.0//listeners"), 200, "[]");
    }

    @Test
    void info_ofAnAmphora_holdsTextsOnly() throws Exception {
        var info = api.get("/1.0/info").json();
        assertThat(info.get("haproxy_version").textValue()).isEqualTo("2.6.12-1+deb12u4");
        for (String name : List.of("hostname", "api_version", "keepalived_version", "ipvsadm_version")) {
            assertThat(info.get(name).isTextual()).as(name).isTrue();
        }
    }

    @Test
    void info_withoutHaproxy_saysSo() throws Exception {
        api.amphora.version = CompletableFuture.completedFuture(Optional.empty());
        Api.Answer answer = api.get("/1.0/info");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.json().get("details").textValue()).contains("haproxy isn't installed");
        assertThat(api.get("/1.0/details").status()).isEqualTo(200);
    }

    @Test
    void info_whileTheVersionIsStillAskedFor_waitsForIt_andDetailsDoNot() throws Exception {
        CompletableFuture<Optional<String>> version = new CompletableFuture<>();
        api.amphora.version = version;
        api.amphora.versionAsked.drainPermits();
        assertThat(api.get("/1.0/details").json().get("haproxy_version").isNull())
                .isTrue();
        CompletableFuture<Api.Answer> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return api.get("/1.0/info");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        assertThat(api.amphora.versionAsked.tryAcquire(2, 10, TimeUnit.SECONDS))
                .as("both have asked")
                .isTrue();
        assertThat(answer).as("a 500 would end the amphora").isNotDone();
        version.complete(Optional.of("2.8.1"));
        assertThat(answer.get(10, TimeUnit.SECONDS)
                        .json()
                        .get("haproxy_version")
                        .textValue())
                .isEqualTo("2.8.1");
    }

    @Test
    void details_ofAnAmphora_holdWhatTheControllerReads() throws Exception {
        api.amphora.listeners.add(new ListenerView("22222222-2222-4222-8222-000000000001", LB, "HTTP", "ACTIVE"));
        bare("PUT", "/1.0/loadbalancer/" + AMPHORA + "/" + LB + "/haproxy", "global\n");

        var details = api.get("/1.0/details").json();

        assertThat(details.get("haproxy_count").intValue()).isEqualTo(1);
        assertThat(details.at("/listeners/0").textValue()).isEqualTo("22222222-2222-4222-8222-000000000001");
        assertThat(details.at("/networks/eth1/network_tx").longValue()).isEqualTo(990);
        assertThat(details.at("/networks/eth1/network_rx").longValue()).isEqualTo(586);
        assertThat(details.get("active_tuned_profiles").textValue()).isEmpty();
        assertThat(details.at("/memory/free").isIntegralNumber()).isTrue();
        assertThat(details.at("/memory/buffers").longValue()).isZero();
        assertThat(details.at("/memory/cached").longValue()).isZero();
        assertThat(details.at("/distributor/profile_faults").isArray()).isTrue();
    }

    @Test
    void upload_ofAConfiguration_answersItsMd5Unquoted() throws Exception {
        Api.Answer answer = bare("PUT", "/1.0/loadbalancer/" + AMPHORA + "/" + LB + "/haproxy", "frontend x\n");

        assertSaid(answer, 202, "{\"message\":\"OK\"}");
        assertThat(etag(answer)).isEqualTo("a23ea33f617fe1e1dafa99f5788afdf7").hasSize(32);
        assertThat(api.amphora.calls).containsExactly("upload " + LB + " " + AMPHORA);
    }

    @Test
    void upload_thatHaproxyRefuses_givesItsWords() throws Exception {
        api.amphora.refusal = new Reply.Refused<>(
                Reply.Kind.INVALID, null, "[ALERT] unknown keyword 'nonsense' in 'frontend' section\n");
        assertSaid(
                bare("PUT", "/1.0/loadbalancer/" + AMPHORA + "/" + LB + "/haproxy", "frontend x\n    nonsense\n"),
                400,
                "{\"message\":\"Invalid request\","
                        + "\"details\":\"[ALERT] unknown keyword 'nonsense' in 'frontend' section\\n\"}");
    }

    @Test
    void upload_overTheLimit_isA400ForTheClientTakesA413ForSuccess() throws Exception {
        Api.Answer answer =
                bare("PUT", "/1.0/loadbalancer/" + AMPHORA + "/" + LB + "/haproxy", "#".repeat(20 * 1024 * 1024));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("details").textValue()).contains("4194304");
        assertThat(api.amphora.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..%2F..%2Fetc", "a%2Fb", "."})
    void upload_forAnIdThatIsNone_isRefused(String id) throws Exception {
        Api.Answer answer = bare("PUT", "/1.0/loadbalancer/" + AMPHORA + "/" + id + "/haproxy", "global\n");
        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.type()).startsWith("application/json");
        assertThat(api.amphora.calls).isEmpty();
    }

    @Test
    void configuration_onceTaken_isGivenAsText() throws Exception {
        bare("PUT", "/1.0/loadbalancer/" + AMPHORA + "/" + LB + "/haproxy", "frontend ü\n");
        Api.Answer answer = api.get(PATH + "/haproxy");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type().replace(" ", "")).isEqualToIgnoringCase("text/plain;charset=UTF-8");
        assertThat(answer.text()).isEqualTo("frontend ü\n");
        assertThat(etag(answer)).matches("[0-9a-f]{32}");
    }

    @ParameterizedTest
    @CsvSource({"GET,haproxy", "PUT,start", "PUT,stop", "PUT,reload"})
    void calls_forAnUnknownLoadBalancer_areNotFound(String method, String what) throws Exception {
        assertSaid(
                bare(method, PATH + "/" + what, null),
                404,
                "{\"message\":\"Loadbalancer Not Found\",\"details\":\"No loadbalancer with UUID: " + LB + "\"}");
    }

    @Test
    void action_thatIsUnknown_isRefusedBeforeTheLoadBalancerIsLookedFor() throws Exception {
        assertSaid(
                bare("PUT", PATH + "/explode", null),
                400,
                "{\"message\":\"Invalid Request\",\"details\":\"Unknown action: explode\"}");
    }

    @ParameterizedTest
    @CsvSource({"start,START", "START,START", "Stop,STOP", "reload,RELOAD"})
    void action_inAnyCase_isRunAndItsDetailsTold(String word, String action) throws Exception {
        bare("PUT", "/1.0/loadbalancer/" + AMPHORA + "/" + LB + "/haproxy", "global\n");
        assertSaid(
                bare("PUT", PATH + "/" + word, null),
                202,
                "{\"message\":\"OK\",\"details\":\"Listener " + LB + " reloaded\"}");
        assertThat(api.amphora.calls).last().isEqualTo(action + " " + LB);
    }

    @ParameterizedTest
    @CsvSource({"start,Error starting haproxy", "reload,Error reloading haproxy"})
    void action_thatFails_hasTheAgentsWords(String word, String message) throws Exception {
        bare("PUT", "/1.0/loadbalancer/" + AMPHORA + "/" + LB + "/haproxy", "global\n");
        api.amphora.refusal = new Reply.Refused<>(Reply.Kind.FAILED, null, "cannot bind socket");
        assertSaid(
                bare("PUT", PATH + "/" + word, null),
                500,
                "{\"message\":\"" + message + "\",\"details\":\"cannot bind socket\"}");
    }

    @Test
    void listeners_areListedInTheAgentsWords() throws Exception {
        api.amphora.listeners.add(
                new ListenerView("22222222-2222-4222-8222-000000000002", LB, "TERMINATED_HTTPS", "ACTIVE"));
        assertSaid(
                api.get("/1.0/listeners"),
                200,
                "[{\"status\":\"ACTIVE\",\"type\":\"TERMINATED_HTTPS\","
                        + "\"uuid\":\"22222222-2222-4222-8222-000000000002\"}]");
    }

    @Test
    void delete_ofALoadBalancer_isDoneAlsoTwice() throws Exception {
        assertSaid(bare("DELETE", "/1.0/listeners/" + LB, null), 200, "{\"message\":\"OK\"}");
        assertSaid(bare("DELETE", "/1.0/listeners/" + LB, null), 200, "{\"message\":\"OK\"}");
        assertSaid(bare("DELETE", "/1.0/listeners/no%20id", null), 200, "{\"message\":\"OK\"}");
        assertThat(api.amphora.calls).containsExactly("delete " + LB, "delete " + LB);
    }

    @Test
    void certificate_putAndAsked_givesTheMd5() throws Exception {
        Api.Answer put = bare("PUT", PATH + "/certificates/extra.pem", "PEM\n");
        assertSaid(put, 200, "{\"message\":\"OK\"}");
        Api.Answer get = api.get(PATH + "/certificates/extra.pem");
        assertSaid(get, 200, "{\"md5sum\":\"" + etag(put) + "\"}");
        assertThat(etag(get)).isEqualTo(etag(put));
        for (int i = 0; i < 2; i++) {
            assertSaid(bare("DELETE", PATH + "/certificates/extra.pem", null), 200, "{\"message\":\"OK\"}");
        }
        assertSaid(
                api.get(PATH + "/certificates/extra.pem"),
                404,
                "{\"message\":\"Certificate Not Found\",\"details\":\"No certificate with filename: extra.pem\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil", "..%2Fevil.pem", "..%2F..%2F..%2Fetc%2Fpasswd.pem", ".pem", "a%0Ab.pem"})
    void certificate_withAWrongName_isRefused(String name) throws Exception {
        for (String method : List.of("PUT", "GET", "DELETE")) {
            Api.Answer answer = bare(method, PATH + "/certificates/" + name, "PUT".equals(method) ? "x" : null);
            assertThat(answer.status()).as(answer.text()).isIn(400, 404);
            assertThat(answer.type()).startsWith("application/json");
        }
        assertThat(api.amphora.certificates).isEmpty();
    }

    @Test
    void certificate_named_evil_isRefusedInTheAgentsWords() throws Exception {
        assertSaid(bare("PUT", PATH + "/certificates/evil", "x"), 400, "{\"message\":\"Filename has wrong format\"}");
    }

    @Test
    void plugVip_asTheControllerSendsIt_isReadAndAnswered() throws Exception {
        assertSaid(
                api.post("/1.0/plug/vip/203.0.113.10", VIP_BODY),
                202,
                "{\"message\":\"OK\",\"details\":\"VIPs plugged on interface eth1: 203.0.113.10,"
                        + " 2001:0db8:00aa:0000:0000:0000:0000:0010\"}");
        assertThat(api.amphora.plugged)
                .isEqualTo(new VipPlug(
                        IpAddress.parse("203.0.113.10"),
                        "fa:16:3e:aa:00:01",
                        IpPrefix.parse("203.0.113.0/24"),
                        IpAddress.parse("203.0.113.21"),
                        IpAddress.parse("203.0.113.1"),
                        1450,
                        List.of(new HostRoute(IpPrefix.parse("198.51.100.0/24"), IpAddress.parse("203.0.113.1"))),
                        List.of(new AdditionalVip(
                                IpAddress.parse("2001:db8:aa::10"),
                                IpPrefix.parse("2001:db8:aa::/64"),
                                IpAddress.parse("2001:db8:aa::1"),
                                List.of(),
                                null,
                                null))));
    }

    @Test
    void plugVip_withAFrontEndSubnetOfItsOwn_takesItsAddressesThere() throws Exception {
        Api.Answer answer = api.post("/1.0/plug/vip/203.0.113.10", """
                {"subnet_cidr": "203.0.113.0/24", "gateway": "203.0.113.1", "mac_address": "FA:16:3E:AA:00:01",
                 "vrrp_ip": "10.20.0.11", "frontend_subnet_cidr": "10.20.0.0/24", "frontend_gateway": "10.20.0.1",
                 "mtu": null, "host_routes": null, "additional_vips": [{"ip_address": "2001:db8:aa::10",
                 "subnet_cidr": "2001:db8:aa::/64", "gateway": null, "host_routes": [],
                 "frontend_ip": "2001:db8:20::11", "frontend_subnet_cidr": "2001:db8:20::/64"}]}""");

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        VipPlug plug = api.amphora.plugged;
        assertThat(plug.mac()).isEqualTo("fa:16:3e:aa:00:01");
        assertThat(plug.subnet()).hasToString("10.20.0.0/24");
        assertThat(plug.gateway()).hasToString("10.20.0.1");
        assertThat(plug.additional().get(0).frontendIp()).hasToString("2001:db8:20::11");
        assertThat(plug.additional().get(0).frontendSubnet()).hasToString("2001:db8:20::/64");
        assertThat(plug.mtu()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"x\":1}", "[]", "", "{", "{\"subnet_cidr\":\"203.0.113.0/24\",\"gateway\":null}"})
    void plugVip_ofWhatIsNoPlug_isABadRequestInTheAgentsForm(String body) throws Exception {
        Api.Answer answer = api.post("/1.0/plug/vip/203.0.113.10", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("error").textValue()).isEqualTo("400 Bad Request: Invalid subnet information");
        assertThat(answer.json().get("http_code").intValue()).isEqualTo(400);
        assertThat(answer.json().get("details").textValue()).isNotBlank();
        assertThat(api.amphora.plugged).isNull();
    }

    @Test
    void plugVip_ofNoAddress_saysWhichInPythonsWords() throws Exception {
        String body = "{\"gateway\":\"203.0.113.1\",\"mac_address\":\"fa:16:3e:aa:00:01\","
                + "\"subnet_cidr\":\"203.0.113.0/24\"}";
        assertSaid(
                api.post("/1.0/plug/vip/banana", body),
                400,
                "{\"message\":\"Invalid VIP: 'banana' does not appear to be an IPv4 or IPv6 address\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"mtu\": 1450 | \"mtu\": \"1450\" | mtu",
                "\"mtu\": 1450 | \"mtu\": 12 | 68..65535",
                "fa:16:3e:aa:00:01 | fa:16:3e:aa:00 | mac_address",
                "\"198.51.100.0/24\" | \"198.51.100.7/24\" | host_routes[0].destination",
                "\"198.51.100.0/24\" | 7 | host_routes[0].destination",
                "\"nexthop\": \"203.0.113.1\" | \"x\": 1 | host_routes[0].nexthop",
                "\"subnet_cidr\": \"203.0.113.0/24\" | \"subnet_cidr\": \"203.0.113.0\" | network",
                "\"subnet_cidr\": \"203.0.113.0/24\" | \"subnet_cidr\": \"2001:db8::/64\" | IP version",
                "\"vrrp_ip\": \"203.0.113.21\" | \"vrrp_ip\": \"nonsense\" | vrrp_ip",
                "\"vrrp_ip\": \"203.0.113.21\" | \"vrrp_ip\": \"203.0.114.21\" | must be in the subnet",
                "\"vrrp_ip\": \"203.0.113.21\" | \"vrrp_ip\": \"203.0.113.10\" | must not be the VIP",
                "\"vrrp_ip\": \"203.0.113.21\" | \"vrrp_ip\": null | is required",
                "\"ip_address\": \"2001:db8:aa::10\" | \"ip_address\": 7 | additional_vips[0].ip_address",
                "\"ip_address\": \"2001:db8:aa::10\" | \"ip_address\": \"x\" | additional_vips[0].ip_address"
            })
    void plugVip_withAWrongValue_namesIt(String from, String to, String named) throws Exception {
        Api.Answer answer = api.post("/1.0/plug/vip/203.0.113.10", VIP_BODY.replace(from, to));
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.text()).contains(named);
        assertThat(api.amphora.plugged).isNull();
    }

    @Test
    void plugVip_withoutTheInterface_holdsTheWordsForWhichTheControllerTriesAgain() throws Exception {
        api.amphora.refusal = new Reply.Refused<>(Reply.Kind.NOT_FOUND, null, null);
        assertSaid(
                api.post("/1.0/plug/vip/203.0.113.10", VIP_BODY),
                404,
                "{\"details\":\"No suitable network interface found\"}");
        api.amphora.refusal = new Reply.Refused<>(Reply.Kind.NOT_FOUND, null, "no interface has fa:16:3e:aa:00:01");
        assertThat(api.post("/1.0/plug/network", "{\"mac_address\":\"fa:16:3e:aa:00:02\",\"fixed_ips\":[]}")
                        .json()
                        .get("details")
                        .textValue())
                .isEqualTo("No suitable network interface found: no interface has fa:16:3e:aa:00:01");
    }

    @Test
    void plugVip_again_isTheConflictThatTheControllerPassesOver() throws Exception {
        api.amphora.refusal = new Reply.Refused<>(Reply.Kind.CONFLICT, null, null);
        assertSaid(api.post("/1.0/plug/vip/203.0.113.10", VIP_BODY), 409, "{\"message\":\"Interface already exists\"}");
    }

    @Test
    void unplugVip_answersOkOrWhoBindsIt() throws Exception {
        assertSaid(bare("DELETE", "/1.0/plug/vip/2001:db8::10", null), 200, "{\"message\":\"OK\"}");
        assertThat(api.amphora.calls).containsExactly("unplug 2001:db8::10");
        api.amphora.refusal = new Reply.Refused<>(Reply.Kind.CONFLICT, null, "load balancer " + LB + " binds it");
        assertSaid(
                bare("DELETE", "/1.0/plug/vip/203.0.113.10", null),
                409,
                "{\"message\":\"VIP in use\",\"details\":\"load balancer " + LB + " binds it\"}");
        assertThat(bare("DELETE", "/1.0/plug/vip/banana", null).status()).isEqualTo(400);
    }

    @Test
    void plugNetwork_andAgain_isToldApart() throws Exception {
        String body = "{\"fixed_ips\":[{\"gateway\":null,\"host_routes\":[],\"ip_address\":\"10.77.0.21\","
                + "\"subnet_cidr\":\"10.77.0.0/24\"}],\"mac_address\":\"fa:16:3e:aa:00:02\",\"mtu\":1450,"
                + "\"vip_net_info\":{\"vip\":\"203.0.113.10\"},\"is_sriov\":true}";
        assertSaid(
                api.post("/1.0/plug/network", body),
                202,
                "{\"message\":\"OK\",\"details\":\"Plugged on interface eth2\"}");
        assertSaid(
                api.post("/1.0/plug/network", body),
                202,
                "{\"message\":\"OK\",\"details\":\"Updated existing interface eth2\"}");
        assertThat(api.amphora.network.fixedIps())
                .containsExactly(
                        new FixedIp(IpAddress.parse("10.77.0.21"), IpPrefix.parse("10.77.0.0/24"), null, List.of()));
    }

    @Test
    void plugNetwork_ofWhatIsNone_hasTheAgentsWords() throws Exception {
        Api.Answer shapeless = api.post("/1.0/plug/network", "{\"x\":1}");
        assertThat(shapeless.status()).isEqualTo(400);
        assertThat(shapeless.json().get("error").textValue()).isEqualTo("400 Bad Request: Invalid port information");
        Api.Answer banana = api.post(
                "/1.0/plug/network",
                "{\"fixed_ips\":[{\"ip_address\":\"banana\",\"subnet_cidr\":\"10.77.0.0/24\"}],"
                        + "\"mac_address\":\"fa:16:3e:aa:00:02\"}");
        assertThat(banana.status()).isEqualTo(400);
        assertThat(banana.json().get("message").textValue()).isEqualTo("Invalid network port");
        assertThat(banana.json().get("details").textValue()).contains("fixed_ips[0].ip_address", "banana");
    }

    @Test
    void interface_byItsAddress_isNamed() throws Exception {
        assertSaid(api.get("/1.0/interface/203.0.113.21"), 200, "{\"message\":\"OK\",\"interface\":\"eth1\"}");
        assertSaid(
                api.get("/1.0/interface/192.0.2.250"),
                404,
                "{\"message\":\"Error interface not found for IP address\"}");
        assertSaid(api.get("/1.0/interface/notanip"), 400, "{\"message\":\"Invalid IP address\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.21 | [{\"protocol\":\"TCP\",\"cidr\":null,\"port\":80}] | 200",
                "203.0.113.21 | [] | 200",
                "203.0.113.21 | [{\"protocol\":\"TCP\",\"cidr\":null}] | 400",
                "203.0.113.21 | [{\"protocol\":\"ICMP\",\"cidr\":null,\"port\":80}] | 400",
                "203.0.113.21 | [{\"protocol\":\"TCP\",\"cidr\":null,\"port\":0}] | 400",
                "203.0.113.21 | [{\"protocol\":\"TCP\",\"cidr\":null,\"port\":80,\"x\":1}] | 400",
                "203.0.113.21 | {} | 400",
                "203.0.113.21 | nonsense | 400",
                "192.0.2.250 | [] | 404",
                "notanip | [] | 400"
            })
    void interfaceRules_areChecked(String address, String rules, int status) throws Exception {
        Api.Answer answer = api.put("/1.0/interface/" + address + "/rules", rules);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        if (status == 400 && !address.equals("notanip")) {
            assertThat(answer.json().get("error").textValue()).isEqualTo("400 Bad Request: Invalid rules information");
        }
    }

    @Test
    void keepalived_whereAllAreActive_isTakenAndNotNeeded() throws Exception {
        Api.Answer upload = bare("PUT", "/1.0/vrrp/upload", "vrrp_instance x {}\n");
        assertThat(upload.status()).isEqualTo(200);
        assertThat(etag(upload)).matches("[0-9a-f]{32}");
        assertThat(upload.json().get("message").textValue()).isEqualTo("OK");
        assertThat(upload.json().get("details").textValue()).contains("no keepalived needed here");
        for (String[] pair : new String[][] {{"start", "started"}, {"STOP", "stoped"}, {"reload", "reloaded"}}) {
            Api.Answer answer = bare("PUT", "/1.0/vrrp/" + pair[0], null);
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.json().get("details").textValue())
                    .startsWith("keepalived " + pair[1])
                    .contains("no keepalived needed here");
        }
        assertSaid(
                bare("PUT", "/1.0/vrrp/explode", null),
                400,
                "{\"message\":\"Invalid Request\",\"details\":\"Unknown action: explode\"}");
    }

    @Test
    void keepalived_whereItMustNotBeDoneWithout_isRefused() throws Exception {
        api.amphora.activeStandby = ActiveStandby.REFUSE;
        for (String what : List.of("upload", "start", "reload", "stop")) {
            Api.Answer answer = bare("PUT", "/1.0/vrrp/" + what, what.equals("upload") ? "x" : null);
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.json().get("details").textValue()).contains("active_standby = refuse");
        }
    }

    @Test
    void udpListeners_areRefusedClearly() throws Exception {
        Api.Answer put = bare("PUT", "/1.0/listeners/" + AMPHORA + "/" + LB + "/udp_listener", "net_namespace x\n");
        assertThat(put.status()).isEqualTo(400);
        assertThat(put.json().get("message").textValue()).contains("aren't supported");
        assertSaid(
                api.get("/1.0/listeners/" + LB + "/udp_listener"),
                404,
                "{\"message\":\"UDP Listener Not Found\",\"details\":\"No UDP listener with UUID: " + LB + "\"}");
    }

    @Test
    void configAndCertificate_arePassedOnAsTheyCome() throws Exception {
        assertSaid(bare("PUT", "/1.0/config", "[DEFAULT]\n"), 202, "{\"message\":\"OK\"}");
        assertSaid(bare("PUT", "/1.0/certificate", "PEM"), 202, "{\"message\":\"OK\"}");
        assertThat(api.amphora.calls).containsExactly("config [DEFAULT]\n", "certificate PEM");
    }

    @Test
    void config_thatIsRefused_saysWhy() throws Exception {
        api.amphora.refusal = new Reply.Refused<>(Reply.Kind.INVALID, null, "[haproxy_amphora] bind_port = 0");
        assertSaid(
                bare("PUT", "/1.0/config", "x"),
                400,
                "{\"message\":\"Unable to update amphora-agent configuration.\","
                        + "\"details\":\"[haproxy_amphora] bind_port = 0\"}");
    }

    @Test
    void routing_thatFails_hasTheAgentsForm() throws Exception {
        for (String path : List.of("/1.0/nosuch", "/0.5/info", "/1.0/loadbalancer", PATH + "/certificates")) {
            Api.Answer answer = api.get(path);
            assertThat(answer.status()).as(path).isIn(404, 405);
            assertThat(answer.type()).startsWith("application/json");
            assertThat(answer.json().get("http_code").intValue()).isEqualTo(answer.status());
        }
        Api.Answer wrongMethod = bare("POST", "/1.0/info", null);
        assertThat(wrongMethod.status()).isEqualTo(405);
        assertThat(wrongMethod.json().get("error").textValue()).startsWith("405 Method Not Allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/json", "application/octet-stream", "application/x-www-form-urlencoded"
            })
    void upload_ofAnyMediaType_isTaken(String type) throws Exception {
        Api.Answer answer =
                api.call("PUT", "/1.0/loadbalancer/" + AMPHORA + "/" + LB + "/haproxy", type, "frontend x\n");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(api.amphora.configurations.get(LB)).asString().isEqualTo("frontend x\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/1.0/listeners",
        "PUT,/1.0/loadbalancer/x/explode",
        "GET,/1.0/loadbalancer/x/haproxy",
        "DELETE,/1.0/listeners/x",
        "POST,/1.0/plug/network",
        "POST,/1.0/plug/vip/banana",
        "GET,/1.0/interface/banana",
        "PUT,/1.0/vrrp/explode",
        "GET,/1.0/loadbalancer/x/certificates/evil"
    })
    void callsOfALoadBalancer_onADistributor_areNotFound(String method, String path) throws Exception {
        api.holdsNoLoadBalancer();
        Api.Answer answer = bare(method, path, null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(404);
        assertThat(answer.json().get("http_code").intValue()).isEqualTo(404);
        assertThat(api.get("/1.0/info").status()).isEqualTo(200);
        assertThat(api.get("/1.0/details").json().get("haproxy_count").intValue())
                .isZero();
    }
}
