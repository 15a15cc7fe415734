// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The units of the distribution below a systemd that has booted: what they may, and what outlives what. */
class SystemdTest {
    private static final String APPLIANCE = "l3-distributor.service";
    private static final String HAPROXY = "l3-haproxy@lb1.service";
    private static final String VIP = "203.0.113.10";
    private static final Duration START = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private Path data;
    private Pki pki;
    private Router router;
    private Systemd host;

    @BeforeEach
    void begin() throws Exception {
        data = Files.createDirectories(directory.resolve("data"));
        pki = Pki.make(directory.resolve("pki"));
        router = new Router(Drive.ROUTER, Drive.ROUTER_AS);
        Appliance.listenElsewhere(data);
    }

    @AfterEach
    void end() throws Exception {
        try {
            if (host != null) {
                host.close();
            }
        } finally {
            router.close();
        }
    }

    private void boot(String roles) throws Exception {
        Drive.write(directory.resolve("drive"), pki, Path.of("/var/lib/octavia"));
        List<String> places = List.of(data + ":/var/lib/l3-distributor", directory.resolve("drive") + ":/mnt/config");
        host = new Systemd(Files.createDirectories(directory.resolve("host")), Appliance.HOME, roles, places);
        host.run("systemctl", "start", "--no-block", APPLIANCE);
        awaitActive();
        awaitReady();
    }

    private void awaitActive() throws Exception {
        until("up", () -> host.show(APPLIANCE, "ActiveState").equals("active"));
    }

    /** REST answers, and the router has its session. */
    private Controller awaitReady() throws Exception {
        until("REST answers", () -> Files.exists(data.resolve("run/https")));
        router.awaitEstablished();
        return new Controller(pki.controller());
    }

    private void until(String what, Callable<Boolean> condition) throws Exception {
        Await.until(what, START, condition, () -> host.told(APPLIANCE));
    }

    private void awaitStatus(String words) throws Exception {
        until("status " + words, () -> host.show(APPLIANCE, "StatusText").contains(words));
    }

    private void awaitRestart(int number) throws Exception {
        until("restart " + number, () -> host.show(APPLIANCE, "NRestarts").equals("" + number));
        awaitActive();
        awaitReady();
    }

    @Test
    void dedicatedDistributor_asAUserWithOneCapability_isKeptAlive() throws Exception {
        boot("");
        awaitStatus("ready");
        String documentation = host.show(APPLIANCE, "Documentation");
        assertThat(host.run("cat", documentation.replaceFirst("^file:", ""))).startsWith("# L3 Distributor");
        String process = host.run("cat", "/proc/" + host.show(APPLIANCE, "MainPID") + "/status");
        assertThat(process).contains("CapEff:\t0000000000000400", "CapBnd:\t0000000000000400", "NoNewPrivs:\t1");
        assertThat(process).doesNotContain("Uid:\t0");
        assertThat(awaitReady().register(VIP).status()).isEqualTo(200);
        router.awaitTable(Set.of(VIP + "/32"));

        host.run("systemctl", "kill", "--signal=KILL", APPLIANCE);
        awaitRestart(1);
        router.awaitTable(Set.of(VIP + "/32"));

        // it lives, and does nothing: the watchdog ends it
        host.run("systemctl", "kill", "--signal=STOP", APPLIANCE);
        awaitRestart(2);
        router.awaitTable(Set.of(VIP + "/32"));
        assertThat(router.notifications()).as("farewells so far").isEmpty();

        host.run("systemctl", "stop", APPLIANCE);
        router.await("a farewell", () -> router.notifications().equals(List.of("6/2")));
        assertThat(host.show(APPLIANCE, "Result")).isEqualTo("success");
    }

    @Test
    void controller_asAUserWithoutAnyCapability_answers_andSaysSo() throws Exception {
        Path keys = directory.resolve("pki");
        Files.writeString(ControllerFiles.heartbeatKey(keys), "a secret\n");
        Command.run("chmod", "-R", "a+rX", directory.toString());
        ControllerFiles.write(data.resolve("etc"), Path.of("/etc/l3-distributor"));
        List<String> places = List.of(data + ":/var/lib/l3-distributor", keys + ":/etc/l3-distributor");
        host = new Systemd(Files.createDirectories(directory.resolve("host")), Appliance.HOME, "controller", places);
        host.run("systemctl", "start", "--no-block", APPLIANCE);
        awaitController();
        awaitStatus("controller works");
        String process = host.run("cat", "/proc/" + host.show(APPLIANCE, "MainPID") + "/status");
        assertThat(process).contains("CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1");
        assertThat(process).doesNotContain("Uid:\t0");
        host.run("systemctl", "stop", APPLIANCE);
        assertThat(host.show(APPLIANCE, "Result")).isEqualTo("success");
    }

    private void awaitController() throws Exception {
        awaitActive();
        until("the controller answers", () -> {
            try {
                return new CloudUser()
                                .call("GET", "/v2.0/lbaas/loadbalancers", "")
                                .status()
                        == 200;
            } catch (ConnectException closed) {
                return false;
            }
        });
    }

    @Test
    void haproxy_belowItsOwnUnit_outlivesTheAppliance_andItsDeathIsSeen() throws Exception {
        try (LoadBalancer balancer = new LoadBalancer(Path.of("/var/lib/octavia"), VIP)) {
            boot("distributor,amphora");
            balancer.serve(awaitReady());
            router.awaitTable(Set.of(VIP + "/32"));
            awaitStatus("ready");
            String master = host.show(HAPROXY, "MainPID");
            assertThat(host.show(HAPROXY, "ActiveState")).isEqualTo("active");

            Controller controller = awaitReady();
            assertThat(controller
                            .call("PUT", "/1.0/loadbalancer/lb1/reload", "")
                            .status())
                    .isEqualTo(202);
            assertThat(host.show(HAPROXY, "MainPID"))
                    .as("master after a reload")
                    .isEqualTo(master);

            host.run("systemctl", "restart", APPLIANCE);
            controller = awaitReady();
            router.awaitTable(Set.of(VIP + "/32"));
            assertThat(host.show(HAPROXY, "MainPID"))
                    .as("master after a restart")
                    .isEqualTo(master);
            assertThat(router.notifications()).containsExactly("6/2");

            int withdrawn = router.withdrawals();
            host.run("systemctl", "kill", "--kill-who=main", "--signal=KILL", HAPROXY);
            router.await("withdrawn", () -> router.withdrawals() > withdrawn);
            router.awaitTable(Set.of(VIP + "/32"));
            assertThat(host.show(HAPROXY, "MainPID")).as("another master").isNotIn(master, "0");
            assertThat(router.sessions()).as("sessions, one for each start").isEqualTo(2);

            assertThat(controller.call("DELETE", "/1.0/listeners/lb1", "").status())
                    .isEqualTo(200);
            assertThat(router.table()).isEmpty();
            until(
                    "HAProxy's unit is over",
                    () -> host.show(HAPROXY, "ActiveState").equals("inactive"));
            assertThat(controller.call("DELETE", "/1.0/plug/vip/" + VIP, "").status())
                    .isEqualTo(200);
        }
    }
}
