// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.karaf.shell.api.action.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.console.contract.Shell;
import org.l3distributor.distributor.model.Metric;
import org.l3distributor.distributor.model.NamespaceView;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Readiness;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.service.MetricSource;
import org.l3distributor.distributor.service.NamespaceService;
import org.l3distributor.distributor.service.ReadinessService;
import org.l3distributor.net.IpAddress;

class ApplianceCommandsTest {
    private final FakeNamespaces namespaces = new FakeNamespaces();
    private final Shell shell = new Shell(BgpSummary.class).with(NamespaceService.class, namespaces);

    @AfterEach
    void close() {
        shell.close();
    }

    private static final class FakeNamespaces implements NamespaceService {
        private final List<NamespaceView.Vip> vips = new ArrayList<>();

        @Override
        public List<NamespaceView> namespaces() {
            return vips.isEmpty() ? List.of() : List.of(view());
        }

        private NamespaceView view() {
            List<String> addresses = vips.stream().map(v -> v.vip() + "/32").toList();
            return new NamespaceView(
                    "amphora-haproxy",
                    "ready",
                    FakePeers.LONG_AGO,
                    List.of(
                            new NamespaceView.Link("lo", true, true, null, 65536, addresses, null),
                            new NamespaceView.Link(
                                    "eth1",
                                    true,
                                    false,
                                    "02:00:00:00:00:01",
                                    1500,
                                    List.of("192.0.2.10/24"),
                                    "front-end interface eth1 has no carrier"),
                            new NamespaceView.Link(
                                    "eth2",
                                    false,
                                    false,
                                    "02:00:00:00:00:02",
                                    null,
                                    List.of(),
                                    "interface eth2 (02:00:00:00:00:02) is missing")),
                    vips,
                    1,
                    null);
        }

        @Override
        public CompletionStage<Outcome<NamespaceView>> plug(IpAddress vip) {
            if (vip.isMulticast()) {
                return CompletableFuture.completedFuture(
                        Outcome.refused(Refusal.invalid("vip_ip", vip.toString(), "must be unicast")));
            }
            vips.add(new NamespaceView.Vip(vip, true, true, null));
            return CompletableFuture.completedFuture(Outcome.done(view()));
        }

        @Override
        public CompletionStage<Outcome<NamespaceView>> unplug(IpAddress vip) {
            vips.removeIf(v -> v.vip().equals(vip));
            return CompletableFuture.completedFuture(Outcome.done(view()));
        }
    }

    @Test
    void plug_ofAVip_showsTheNamespace() throws Exception {
        assertThat(shell.run("netns:show")).isEqualTo("no namespace: no VIP was ever plugged here");
        String shown = """
                namespace         amphora-haproxy
                state             ready since 2d2h
                drift repaired    1
                fault             front-end interface eth1 has no carrier
                fault             interface eth2 (02:00:00:00:00:02) is missing
                VIP           ON LO  WANTED  ERROR
                203.0.113.10  yes    yes
                LINK  UP   CARRIER  MAC                MTU    ADDRESSES
                lo    yes  yes      -                  65536  203.0.113.10/32
                eth1  yes  no       02:00:00:00:00:01  1500   192.0.2.10/24
                eth2  no   no       02:00:00:00:00:02  -""";
        assertThat(shell.run("netns:plug 203.0.113.10")).isEqualTo(shown);
        assertThat(shell.run("netns:show amphora-haproxy")).isEqualTo(shown);
        assertThat(shell.run("netns:show --json"))
                .startsWith("{\"namespaces\":[{\"name\":\"amphora-haproxy\",\"state\":\"ready\",")
                .contains("\"vips\":[{\"vip_ip\":\"203.0.113.10\",\"wanted\":true,\"on_lo\":true,\"error\":null}]")
                .contains("{\"name\":\"eth1\",\"up\":true,\"carrier\":false,", "\"mtu\":null,")
                .contains("\"fault\":\"front-end interface eth1 has no carrier\"");
        assertThat(shell.complete(Vips.class, "")).containsExactly("203.0.113.10");
        assertThat(shell.run("netns:unplug --json 203.0.113.10")).contains("\"vips\":[]");
    }

    @Test
    void plug_ofWhatIsNoVip_isRefused() {
        assertThatThrownBy(() -> shell.run("netns:plug 203.0.113.10/32"))
                .hasMessage("vip_ip = \"203.0.113.10/32\": must be an IPv4 or IPv6 address");
        assertThatThrownBy(() -> shell.run("netns:plug 224.0.0.1"))
                .hasMessage("refused, nothing was changed\n  vip_ip = \"224.0.0.1\": must be unicast");
        assertThatThrownBy(() -> shell.run("netns:show other"))
                .hasMessage("NAME = \"other\": nothing was ever plugged in such a namespace");
    }

    @Test
    void ready_whenTheApplianceIsNot_saysWhy_andEndsWithAStatusThatIsNotZero() {
        Readiness readiness = new Readiness(
                false,
                List.of(
                        new Readiness.Condition("store", true, ""),
                        new Readiness.Condition("session tor1", false, "Idle: connection refused")));
        shell.with(ReadinessService.class, new Told(readiness));
        assertThat(shell.runToItsEnd("distributor:ready")).isEqualTo(new Shell.Ended("""
                not ready
                CONDITION     HOLDS  REASON
                store         yes
                session tor1  no     Idle: connection refused""", "the appliance isn't ready"));
        assertThat(shell.runToItsEnd("distributor:ready --json").printed())
                .isEqualTo("{\"ready\":false,\"conditions\":[{\"name\":\"store\",\"holds\":true,\"reason\":\"\"},"
                        + "{\"name\":\"session tor1\",\"holds\":false,\"reason\":\"Idle: connection refused\"}]}");
    }

    @Test
    void ready_whenOneConditionOfManyDoesNotHold_endsWell() throws Exception {
        List<Readiness.Condition> conditions = List.of(
                new Readiness.Condition("session tor1", true, "Established"),
                new Readiness.Condition("session tor2", false, "Idle"));
        shell.with(ReadinessService.class, new Told(new Readiness(true, conditions)));
        assertThat(shell.run("distributor:ready")).startsWith("ready\n").contains("tor2  no");
    }

    @Test
    void metrics_ofSeveralSources_areShownTogether() throws Exception {
        shell.with(MetricSource.class, () -> List.of(metric("routes", Map.of("peer", "tor1"), 3)));
        shell.with(MetricSource.class, () -> List.of(metric("cpu_seconds_total", Map.of(), 1.5)));
        assertThat(shell.run("distributor:metrics")).isEqualTo("""
                l3d_cpu_seconds_total 1.5
                l3d_routes{peer="tor1"} 3""");
        assertThat(shell.run("distributor:metrics --json"))
                .contains("{\"name\":\"l3d_routes\",\"labels\":{\"peer\":\"tor1\"},\"value\":3.0}");
    }

    private static Metric metric(String name, Map<String, String> labels, double value) {
        return new Metric(name, Metric.Type.GAUGE, "Help.", List.of(new Metric.Sample(labels, value)));
    }

    @Test
    void commands_areListedWithWhatTheyDo_inOneShotToo() throws Exception {
        assertThat(shell.run("distributor:commands").lines())
                .anyMatch(line -> line.matches("bgp:summary +All BGP sessions, one a line"));
        String[] listed = shell.run("distributor:commands --json").split("\"name\":", -1);
        assertThat(listed)
                .hasSize((int) Shell.commands(BgpSummary.class).stream()
                                .filter(type -> type.isAnnotationPresent(Command.class))
                                .count()
                        + 1)
                .anyMatch(one -> one.startsWith("\"bgp:summary\",\"description\":\"All BGP sessions, one a line\"}"));
    }

    @Test
    void everyCommand_ofThePackage_canBeRegistered() {
        assertThat(Shell.commands(BgpSummary.class)).hasSizeGreaterThan(20);
    }

    private record Told(Readiness readiness) implements ReadinessService {
        @Override
        public CompletionStage<Void> settled() {
            return CompletableFuture.completedStage(null);
        }
    }
}
