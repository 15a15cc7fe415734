// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.console.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.console.CommandRefused;
import org.l3distributor.console.contract.Shell;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.AmphoraService;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.BgpProfileService;
import org.l3distributor.distributor.controller.DistributorAdminService;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.LoadBalancerService;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.contract.MemoryController;
import org.l3distributor.distributor.controller.contract.MemoryNetworkDriver;
import org.l3distributor.distributor.controller.contract.MemoryOperator;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.net.IpAddress;

class ControllerCommandsTest {
    private static final String AMPHORA = "a0000000-0000-4000-8000-000000000001";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-26T12:00:00Z"), ZoneOffset.UTC);

    private final MemoryOperator operator = new MemoryOperator(CLOCK)
            .with(Amphora.planned(AMPHORA, "lb", "combined", Instant.EPOCH)
                    .built("host-1", IpAddress.parse("10.1.0.5"), "rack1")
                    .with(ProvisioningStatus.ALLOCATED));
    private final Shell shell = new Shell(ControllerPeers.class)
            .with(LoadBalancerService.class, new MemoryController(new MemoryNetworkDriver(), CLOCK).loadBalancers())
            .with(AmphoraService.class, operator.amphorae())
            .with(DistributorAdminService.class, operator.distributors())
            .with(BgpProfileService.class, operator.profile());

    @AfterEach
    void close() {
        shell.close();
    }

    private static <T> T done(Outcome<T> outcome) {
        return ((Outcome.Done<T>) outcome).value();
    }

    private String peerId(String name) {
        return done(operator.profile()
                        .peers(ListQuery.all(10))
                        .toCompletableFuture()
                        .join())
                .stream()
                .filter(p -> p.name().equals(name))
                .map(BgpPeer::id)
                .findFirst()
                .orElseThrow();
    }

    private String speakerId() {
        return done(operator.profile()
                        .speakers(ListQuery.all(10))
                        .toCompletableFuture()
                        .join())
                .get(0)
                .id();
    }

    @Test
    void amphorae_areListedShownAndReplaced() throws Exception {
        assertThat(shell.run("controller:amphorae")).isEqualTo("""
                STATUS     SERVICE_TYPE  LB_NETWORK_IP  VRRP_IP  ID
                ALLOCATED  combined      10.1.0.5       -        a0000000-0000-4000-8000-000000000001
                1 amphorae""");
        assertThat(shell.run("controller:amphorae " + AMPHORA)).contains("cached_zone       rack1");
        assertThat(shell.run("controller:amphorae --json"))
                .startsWith("{\"amphorae\":[{\"id\":\"" + AMPHORA + "\",\"status\":\"ALLOCATED\"");
        shell.run("controller:amphora-failover " + AMPHORA);
        shell.run("controller:amphora-configure " + AMPHORA);
        assertThat(operator.asked()).containsExactly("failover " + AMPHORA, "configure " + AMPHORA);
        assertThatThrownBy(() -> shell.run("controller:amphora-delete " + AMPHORA))
                .isInstanceOf(CommandRefused.class)
                .hasMessageContaining("is immutable");
        assertThat(shell.complete(ControllerAmphoraIds.class, "a0")).containsExactly(AMPHORA);
    }

    @Test
    void silentAmphorae_areShown_andSaidToBeDead() throws Exception {
        assertThat(shell.run("controller:silent")).endsWith("0 of 1 amphorae");
        operator.held(AMPHORA, Instant.parse("2026-11-26T11:00:00Z"));
        assertThat(shell.run("controller:silent"))
                .contains("HELD   2026-11-26T11:00:00.000Z  " + AMPHORA)
                .endsWith("1 are held: more than 3 fell silent together, so it may be the network; if they are dead:"
                        + " controller:silent-confirm");
        assertThat(shell.run("controller:silent-confirm"))
                .contains("DEAD   -            " + AMPHORA)
                .endsWith("1 of 1 amphorae");
        assertThat(shell.run("controller:silent --json"))
                .contains("\"held\":0", "{\"id\":\"" + AMPHORA + "\",\"last_update\":null,\"state\":\"DEAD\"}");
    }

    @Test
    void profile_isMadeChangedAndGivenToAnAmphora() throws Exception {
        shell.run("controller:speaker-create name=front ip_version=4 local_as=64512"
                + " allowed_vip_prefixes=203.0.113.0/24,198.51.100.0/24");
        shell.run("controller:peer-create name=tor1 peer_ip=10.0.0.1 remote_as=64512 auth_type=md5 families=ipv4,ipv6");
        String speaker = speakerId();
        String peer = peerId("tor1");
        assertThat(shell.run("controller:peers")).contains("tor1  10.0.0.1  64512      md5        true");
        assertThatThrownBy(() -> shell.run("controller:speaker-assign " + speaker + " " + AMPHORA))
                .hasMessageContaining("The BGP peer profile would be broken");
        assertThat(shell.run("controller:peer-add " + speaker + " " + peer)).contains("peers             " + peer);
        shell.run("controller:speaker-assign " + speaker + " " + AMPHORA);
        assertThat(shell.run("controller:speakers " + speaker))
                .contains("allowed_vip_prefixes 203.0.113.0/24, 198.51.100.0/24", "amphorae          " + AMPHORA);
        assertThat(shell.run("controller:peer-set --json " + peer + " hold_time=30 auth_type="))
                .contains("\"hold_time\":30", "\"auth_type\":null");
        shell.run("controller:speaker-set " + speaker + " local_as=64513");
        shell.run("controller:speaker-push " + speaker);
        assertThat(operator.asked()).containsExactly("push " + speaker);
        assertThatThrownBy(() -> shell.run("controller:peer-remove " + speaker + " " + peer))
                .hasMessageContaining("would be broken");
        shell.run("controller:speaker-unassign " + speaker + " " + AMPHORA);
        shell.run("controller:peer-remove " + speaker + " " + peer);
        shell.run("controller:peer-delete " + peer);
        shell.run("controller:speaker-delete " + speaker);
        assertThat(shell.run("controller:speakers")).endsWith("0 speakers");
    }

    @Test
    void distributor_isMadeAskedAndDeleted() throws Exception {
        shell.run("controller:distributor-create name=racks topology=DEDICATED redundancy=2");
        String id = done(operator.distributors()
                        .list(ListQuery.all(10))
                        .toCompletableFuture()
                        .join())
                .get(0)
                .id();
        shell.run("controller:speaker-create name=s ip_version=4 local_as=64512");
        assertThat(shell.run("controller:distributors")).contains("racks  L3_BGP            DEDICATED");
        assertThat(shell.run("controller:distributor-set " + id + " redundancy=3"))
                .contains("redundancy        3");
        assertThatThrownBy(() -> shell.run("controller:distributor-add-amphora " + id + " " + speakerId()))
                .hasMessageContaining("The BGP peer profile would be broken");
        shell.run("controller:peer-create name=tor1 peer_ip=10.0.0.1 remote_as=64512");
        shell.run("controller:peer-add " + speakerId() + " " + peerId("tor1"));
        shell.run("controller:distributor-add-amphora " + id + " " + speakerId());
        assertThat(shell.run("controller:distributor-status " + id)).startsWith("AMPHORA");
        assertThat(shell.run("controller:distributor-status --json " + id)).contains("\"alive\":true");
        shell.run("controller:distributor-repair " + id);
        assertThat(operator.asked()).containsExactly("repair " + id);
        assertThatThrownBy(() -> shell.run("controller:distributor-delete " + id))
                .hasMessageContaining("is in use");
        assertThat(shell.run("controller:loadbalancers")).endsWith("0 load balancers");
    }

    @Test
    void whatIsWrong_isRefusedWithFieldValueAndRule_andASecretIsNotShown() {
        assertThatThrownBy(() -> shell.run("controller:peer-create name=t peer_ip=no remote_as=0"))
                .hasMessageContaining("peer_ip = \"no\"")
                .hasMessageContaining("remote_as = \"0\"");
        assertThatThrownBy(() -> shell.run("controller:peer-create name=t md5_password=hunter2"))
                .hasMessageContaining("secret_refused")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> shell.run("controller:peer-create nonsense")).hasMessageContaining("has no '='");
        assertThatThrownBy(() -> shell.run("controller:peer-create name=a name=b"))
                .hasMessageContaining("is given twice");
        assertThatThrownBy(() -> shell.run("controller:peers none")).hasMessageContaining("Peer none not found.");
    }

    @Test
    void withoutAController_everyCommandSaysWhatIsMissing() {
        shell.withoutPorts();
        for (String command : List.of("loadbalancers", "amphorae", "distributors", "speakers", "peers")) {
            assertThatThrownBy(() -> shell.run("controller:" + command))
                    .hasMessageContaining("this needs the role controller");
        }
    }
}
