// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.controller.rest.internal.http.Callers;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.net.IpAddress;

/** Debian's own client, {@code openstack loadbalancer}, against the whole application. */
class ClientTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Api api;
    private Process client;
    private BufferedReader answers;

    @BeforeEach
    void start() throws Exception {
        assertThat(Path.of("/usr/bin/openstack"))
                .as("python3-octaviaclient and python3-openstackclient aren't installed; ./verify does that")
                .exists();
        assertThat(Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/octaviaclient")))
                .as("python3-octaviaclient isn't installed; ./verify does that")
                .isTrue();
        api = new Api(Callers.Mode.NONE);
        client = new ProcessBuilder("/usr/bin/python3", "src/test/resources/client.py")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    }

    @AfterEach
    void end() throws Exception {
        client.getOutputStream().close();
        if (!client.waitFor(10, TimeUnit.SECONDS)) {
            client.destroyForcibly();
        }
        api.close();
    }

    private record Result(int status, String out, String err) {
        JsonNode json() throws IOException {
            return MAPPER.readTree(out);
        }
    }

    private Result openstack(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("--os-auth-type", "none", "--os-endpoint", api.url, "loadbalancer"));
        all.addAll(List.of(arguments));
        client.getOutputStream().write((MAPPER.writeValueAsString(all) + "\n").getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
        String line = CompletableFuture.supplyAsync(this::line).get(60, TimeUnit.SECONDS);
        JsonNode answer = MAPPER.readTree(line);
        return new Result(
                answer.path("status").asInt(),
                answer.path("out").asText(),
                answer.path("err").asText());
    }

    private String line() {
        try {
            return answers.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode done(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-f", "json"));
        Result result = openstack(all.toArray(String[]::new));
        assertThat(result.status())
                .as(String.join(" ", arguments) + ": " + result.err())
                .isZero();
        return result.json();
    }

    private void silent(String... arguments) throws Exception {
        Result result = openstack(arguments);
        assertThat(result.status())
                .as(String.join(" ", arguments) + ": " + result.err())
                .isZero();
    }

    /** Looks at it until it is active; every look at a load balancer settles it. */
    private JsonNode active() throws Exception {
        JsonNode shown = done("show", "web");
        for (int looks = 0;
                looks < 3 && !shown.path("provisioning_status").asText().equals("ACTIVE");
                looks++) {
            shown = done("show", "web");
        }
        assertThat(shown.path("provisioning_status").asText()).isEqualTo("ACTIVE");
        return shown;
    }

    @Test
    void openstackLoadbalancer_choosesADistributorByTheNameOfItsFlavor() throws Exception {
        String id = "d0000000-0000-4000-8000-000000000001";
        api.operator
                .distributors()
                .create(new Distributor(id, "L3_BGP", null, "racks", true, 2, 0))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        api.operator.settle();
        assertThat(done("flavor", "list").path(0).path("name").asText()).isEqualTo("racks");
        JsonNode made = done("create", "--name", "web", "--vip-subnet-id", "front4", "--flavor", "racks");
        assertThat(made.path("flavor_id").asText()).isEqualTo(id);
    }

    @Test
    void openstackLoadbalancer_createsShowsChangesAndDeletesAllOfIt() throws Exception {
        api.controller.settlesByItself();
        JsonNode made = done(
                "create", "--name", "web", "--vip-subnet-id", "front4", "--vip-address", "192.0.2.77", "--tag", "blue");
        assertThat(made.path("provisioning_status").asText()).isEqualTo("PENDING_CREATE");
        assertThat(made.path("vip_address").asText()).isEqualTo("192.0.2.77");
        assertThat(made.path("vip_subnet_id").asText()).isEqualTo(Api.FRONT4);
        assertThat(active().path("operating_status").asText()).isEqualTo("ONLINE");

        JsonNode listener = done(
                "listener",
                "create",
                "--name",
                "http",
                "--protocol",
                "HTTP",
                "--protocol-port",
                "80",
                "--connection-limit",
                "1000",
                "--insert-headers",
                "X-Forwarded-For=true",
                "--allowed-cidr",
                "203.0.113.0/24",
                "web");
        assertThat(listener.path("protocol_port").asInt()).isEqualTo(80);
        assertThat(listener.path("connection_limit").asInt()).isEqualTo(1_000);
        active();
        JsonNode pool = done(
                "pool",
                "create",
                "--name",
                "servers",
                "--lb-algorithm",
                "ROUND_ROBIN",
                "--listener",
                "http",
                "--protocol",
                "HTTP",
                "--session-persistence",
                "type=HTTP_COOKIE");
        assertThat(pool.path("lb_algorithm").asText()).isEqualTo("ROUND_ROBIN");
        active();
        for (int i = 1; i <= 2; i++) {
            JsonNode member = done(
                    "member",
                    "create",
                    "--name",
                    "m" + i,
                    "--address",
                    "10.0.0." + i,
                    "--protocol-port",
                    "8080",
                    "--subnet-id",
                    "front4",
                    "servers");
            assertThat(member.path("operating_status").asText()).isEqualTo("NO_MONITOR");
            active();
        }
        JsonNode monitor = done(
                "healthmonitor",
                "create",
                "--name",
                "check",
                "--delay",
                "5",
                "--timeout",
                "3",
                "--max-retries",
                "3",
                "--type",
                "HTTP",
                "--url-path",
                "/up",
                "--expected-codes",
                "200-204",
                "servers");
        assertThat(monitor.path("url_path").asText()).isEqualTo("/up");
        active();

        JsonNode list = done("list", "--name", "web");
        assertThat(list).hasSize(1);
        assertThat(list.path(0).path("vip_address").asText()).isEqualTo("192.0.2.77");
        JsonNode columns = done("list", "-c", "name", "-c", "provisioning_status");
        assertThat(columns.path(0)).hasSize(2);
        assertThat(done("listener", "list")).hasSize(1);
        assertThat(done("pool", "list")).hasSize(1);
        assertThat(done("member", "list", "servers")).hasSize(2);
        assertThat(done("healthmonitor", "list")).hasSize(1);
        assertThat(done("member", "show", "servers", "m1").path("address").asText())
                .isEqualTo("10.0.0.1");
        assertThat(openstack("status", "show", "web")
                        .json()
                        .path("loadbalancer")
                        .path("listeners"))
                .hasSize(1);
        assertThat(done("stats", "show", "web").path("bytes_in").asInt()).isEqualTo(2);
        assertThat(done("provider", "list").path(0).path("name").asText()).isEqualTo("octavia");
        assertThat(done("flavor", "list")).isEmpty();

        silent("set", "--name", "www", "--description", "of mine", "web");
        assertThat(done("show", "www").path("description").asText()).isEqualTo("of mine");
        done("show", "www");
        silent("set", "--name", "web", "www");
        active();
        silent("listener", "set", "--timeout-client-data", "1000", "http");
        active();
        assertThat(done("listener", "show", "http").path("timeout_client_data").asInt())
                .isEqualTo(1_000);
        silent("listener", "unset", "--timeout-client-data", "--allowed-cidrs", "http");
        active();
        assertThat(done("listener", "show", "http").path("timeout_client_data").asInt())
                .isEqualTo(50_000);
        silent("pool", "set", "--lb-algorithm", "SOURCE_IP", "servers");
        active();
        silent("member", "set", "--weight", "0", "servers", "m1");
        active();
        assertThat(done("member", "show", "servers", "m1").path("weight").asInt())
                .isZero();

        Result refused = openstack("delete", "web");
        assertThat(refused.status()).isNotZero();
        assertThat(refused.err()).contains("it has children", "HTTP 400");
        silent("healthmonitor", "delete", "check");
        active();
        silent("member", "delete", "servers", "m2");
        active();
        silent("pool", "delete", "servers");
        active();
        silent("listener", "delete", "http");
        active();
        silent("delete", "web");
        done("show", "web");
        assertThat(done("list")).isEmpty();
    }

    @Test
    void openstackLoadbalancerAmphora_showsAndReplacesThem() throws Exception {
        String id = "a0000000-0000-4000-8000-000000000001";
        api.operator.with(Amphora.planned(id, null, "distributor", Instant.parse("2026-11-26T11:00:00Z"))
                .built("host-1", IpAddress.parse("10.1.0.5"), "rack1")
                .with(ProvisioningStatus.ALLOCATED));
        assertThat(done("amphora", "list").path(0).path("lb_network_ip").asText())
                .isEqualTo("10.1.0.5");
        assertThat(done("amphora", "list", "--status", "ERROR")).isEmpty();
        assertThat(done("amphora", "show", id).path("cached_zone").asText()).isEqualTo("rack1");
        assertThat(done("amphora", "stats", "show", id).path("bytes_in").asInt())
                .isEqualTo(1);
        silent("amphora", "failover", id);
        silent("amphora", "configure", id);
        silent("amphora", "delete", id);
        assertThat(api.operator.asked()).containsExactly("failover " + id, "configure " + id, "delete " + id);
    }

    @Test
    void loadBalancerWithAFrontEndOfItsOwn_isMadeByTheApi_andKnownToTheClient() throws Exception {
        Api.Answer made = api.post(
                "/v2.0/lbaas/loadbalancers",
                "{\"loadbalancer\":{\"name\":\"apart\",\"vip_subnet_id\":\"" + Api.FRONT4
                        + "\",\"vip_address\":\"192.0.2.78\",\"frontend_network_id\":\"" + Api.BACK
                        + "\",\"frontend_subnet_id\":\"" + Api.BACK4 + "\"}}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().path("loadbalancer").path("frontend_network_id").asText())
                .isEqualTo(Api.BACK);
        assertThat(made.json().path("loadbalancer").path("frontend_subnet_id").asText())
                .isEqualTo(Api.BACK4);
        assertThat(done("show", "apart").path("vip_address").asText()).isEqualTo("192.0.2.78");
    }

    @Test
    void whatIsRefused_isShownInOctaviasWords() throws Exception {
        Result unknown = openstack("create", "--vip-subnet-id", "nowhere");
        assertThat(unknown.status()).isNotZero();
        assertThat(unknown.err()).contains("Unable to locate nowhere in subnets");
        Result outside =
                openstack("create", "--name", "web", "--vip-subnet-id", "front4", "--vip-address", "198.51.100.9");
        assertThat(outside.err())
                .contains("IP address 198.51.100.9 is not a valid IP for the specified subnet. (HTTP 400)");
        String id = done("create", "--name", "web", "--vip-network-id", "front")
                .path("id")
                .asText();
        Result pending = openstack("delete", "web");
        assertThat(pending.err())
                .contains("Invalid state PENDING_CREATE of loadbalancer resource " + id + " (HTTP 409)");
        api.controller.settlesByItself();
        active();
        Result udp = openstack("listener", "create", "--protocol", "UDP", "--protocol-port", "53", "web");
        assertThat(udp.err()).contains("does not support a requested option: protocol UDP (HTTP 501)");
    }
}
