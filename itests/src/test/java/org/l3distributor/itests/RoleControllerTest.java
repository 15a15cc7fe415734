// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The role controller as an operator runs it: configured by files, used by its API and console, killed, started again. */
class RoleControllerTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final CloudUser user = new CloudUser();
    private Path keys;
    private Path data;
    private Appliance appliance;
    private Machines machines;

    @BeforeEach
    void configure() throws Exception {
        keys = directory.resolve("pki");
        data = directory.resolve("data");
        Pki pki = Pki.make(keys);
        ControllerFiles.write(data.resolve("etc"), keys);
        appliance = new Appliance(data, Path.of(""), "controller");
        machines = new Machines(user, pki);
    }

    @AfterEach
    void end() {
        appliance.close();
        machines.close();
    }

    private void awaitState(String loadBalancer, String state) throws Exception {
        Await.until(
                "load balancer is " + state,
                SOON,
                () -> {
                    machines.boot();
                    return state.equals(user.provisioning(loadBalancer));
                },
                () -> user.call("GET", "/v2.0/lbaas/loadbalancers/" + loadBalancer, "") + " "
                        + String.join("\n", appliance.log()));
    }

    private void awaitLog(String words) throws Exception {
        Await.until(
                "the log says " + words,
                SOON,
                () -> appliance.log().stream().anyMatch(line -> line.contains(words)),
                () -> String.join("\n", appliance.log()));
    }

    private String listed() throws Exception {
        Appliance.Said said = appliance.console("controller:loadbalancers");
        assertThat(said.status()).as(said.text()).isZero();
        return said.text();
    }

    @Test
    void controller_waitsForItsKey_makesALoadBalancer_andKnowsItAfterAKill() throws Exception {
        appliance.start();
        Path key = ControllerFiles.heartbeatKey(keys);
        awaitLog("controller=waits pid=org.l3distributor.controller reason=\"heartbeatKeyFile=" + key
                + ": there is no such file\"");
        assertThat(data.resolve("run/controller")).as("an open port").doesNotExist();
        assertThat(appliance.console("controller:loadbalancers").text()).contains("this needs the role controller");
        Files.writeString(key, "a secret\n");
        appliance.awaitReady();

        networks();
        String subnet = "10000000-0000-4000-8000-00000000000b";
        String id = user.create(
                "/v2.0/lbaas/loadbalancers",
                "loadbalancer",
                "\"name\": \"web\", \"vip_subnet_id\": \"" + subnet + "\"");
        awaitState(id, "ACTIVE");
        String listener = user.create(
                "/v2.0/lbaas/listeners",
                "listener",
                "\"protocol\": \"HTTP\", \"protocol_port\": 80, \"loadbalancer_id\": \"" + id + "\"");
        awaitState(id, "ACTIVE");
        String pool = user.create(
                "/v2.0/lbaas/pools",
                "pool",
                "\"protocol\": \"HTTP\", \"lb_algorithm\": \"ROUND_ROBIN\", \"listener_id\": \"" + listener + "\"");
        awaitState(id, "ACTIVE");
        member(id, pool, "192.0.2.81");
        assertThat(listed()).contains(id, "web", "ACTIVE");

        appliance.kill();
        appliance.start();
        appliance.awaitReady();
        assertThat(user.provisioning(id)).isEqualTo("ACTIVE"); // its first answer after its port has opened
        assertThat(listed()).contains(id, "web", "ACTIVE");
        member(id, pool, "192.0.2.82"); // its amphorae are still known, and still know it

        assertThat(user.call("DELETE", "/v2.0/lbaas/loadbalancers/" + id + "?cascade=true", "")
                        .status())
                .isEqualTo(204);
        awaitState(id, "GONE");
        assertThat(user.get("/v2.0/ports").get("ports")).isEmpty();
        assertThat(appliance.stop()).isZero();
        assertThat(appliance.log()).noneMatch(line -> line.contains(" ERROR "));
    }

    private void networks() throws Exception {
        network(ControllerFiles.NETWORK, ControllerFiles.SUBNET, "mgmt", "127.9.0.0/24");
        network(
                "10000000-0000-4000-8000-00000000000a",
                "10000000-0000-4000-8000-00000000000b",
                "front",
                "203.0.113.0/24");
    }

    private void network(String id, String subnet, String name, String cidr) throws Exception {
        user.create("/v2.0/networks", "network", "\"id\": \"" + id + "\", \"name\": \"" + name + "\"");
        user.create(
                "/v2.0/subnets",
                "subnet",
                "\"id\": \"" + subnet + "\", \"network_id\": \"" + id + "\", \"cidr\": \"" + cidr + "\"");
    }

    /** Each of the two amphorae was told of it, by the time that the API says that it is there. */
    private void member(String loadBalancer, String pool, String address) throws Exception {
        user.create(
                "/v2.0/lbaas/pools/" + pool + "/members",
                "member",
                "\"address\": \"" + address + "\", \"protocol_port\": 8080");
        awaitState(loadBalancer, "ACTIVE");
        assertThat(machines.configurations(loadBalancer)).hasSize(2);
        assertThat(machines.configurations(loadBalancer).values()).allMatch(text -> text.contains(address + ":8080"));
    }
}
