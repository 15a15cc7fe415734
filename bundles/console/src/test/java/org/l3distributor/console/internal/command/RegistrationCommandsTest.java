// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.console.contract.Shell;
import org.l3distributor.distributor.amphora.OwnRoutes;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.distributor.amphora.OwnVipStatus;
import org.l3distributor.distributor.model.PeerRoute;
import org.l3distributor.distributor.model.RouteState;
import org.l3distributor.distributor.service.DistributorService;
import org.l3distributor.distributor.service.PeerService;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

class RegistrationCommandsTest {
    @TempDir
    Path directory;

    private final FakeDistributor distributor = new FakeDistributor();
    private final Shell shell = new Shell(BgpSummary.class)
            .with(DistributorService.class, distributor)
            .with(PeerService.class, new FakePeers());

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void register_ofAnAmphora_showsEachPeer() throws Exception {
        assertThat(shell.run("distributor:register amp-1 203.0.113.10 192.0.2.10"))
                .isEqualTo("""
                registered 203.0.113.10 next hop 192.0.2.10 for amphora amp-1
                PEER  STATE      WRITTEN                   REASON
                tor1  announced  2026-01-02T03:04:05.678Z
                tor2  pending    -                         session is Idle""");
        assertThat(distributor.rows).hasSize(1);
    }

    @Test
    void register_asJson_isTheRestApisAnswer() throws Exception {
        assertThat(shell.run("distributor:register --json amp-1 2001:db8::10 2001:db8:1::1 tor1"))
                .isEqualTo("{\"amphora_id\":\"amp-1\",\"vip_ip\":\"2001:db8::10\",\"nexthop_ip\":\"2001:db8:1::1\","
                        + "\"peer_id\":\"tor1\",\"peers\":[{\"id\":\"tor1\",\"state\":\"announced\","
                        + "\"written_at\":\"2026-01-02T03:04:05.678000Z\",\"reason\":null},{\"id\":\"tor2\","
                        + "\"state\":\"pending\",\"written_at\":null,\"reason\":\"session is Idle\"}]}");
    }

    @Test
    void register_withBadInput_namesEveryFieldValueAndRule() {
        assertThatThrownBy(() -> shell.run("distributor:register amp_1 224.0.0.1 2001:db8::1"))
                .hasMessageStartingWith("refused, nothing was changed\n")
                .hasMessageContaining("  amphora_id = \"amp_1\": must be letters, digits and '-' only")
                .hasMessageContaining("  vip_ip = \"224.0.0.1\": ");
        assertThat(distributor.rows).isEmpty();
    }

    @Test
    void unregister_ofWhatIsThere_showsTheWithdrawal() throws Exception {
        shell.run("vip:register 203.0.113.10 192.0.2.10");
        assertThat(shell.run("vip:unregister 203.0.113.10 192.0.2.10")).isEqualTo("""
                unregistered 203.0.113.10 next hop 192.0.2.10 without an amphora
                PEER  STATE      WRITTEN                   REASON
                tor1  withdrawn  2026-01-02T03:04:05.678Z""");
        assertThatThrownBy(() -> shell.run("vip:unregister 203.0.113.10 192.0.2.10"))
                .hasMessage("refused, nothing was changed\n  vip_ip = \"203.0.113.10\": isn't registered so");
        shell.run("distributor:register amp-1 203.0.113.10 192.0.2.10");
        assertThat(shell.run("distributor:unregister --json amp-1 203.0.113.10 192.0.2.10"))
                .startsWith("{\"amphora_id\":\"amp-1\",\"vip_ip\":\"203.0.113.10\",")
                .contains("\"peers\":[{\"id\":\"tor1\",\"state\":\"withdrawn\"");
    }

    @Test
    void list_ofBothKinds_keepsThemApart() throws Exception {
        shell.run("distributor:register 0b9bb3f4-1b2c-4d5e-8f90-123456789abc 203.0.113.10 192.0.2.10");
        shell.run("vip:register 203.0.113.11 192.0.2.10 tor1");
        assertThat(shell.run("distributor:list")).isEqualTo("""
                VIP           NEXT HOP    FOR        AMPHORA                               STATE
                203.0.113.10  192.0.2.10  all peers  0b9bb3f4-1b2c-4d5e-8f90-123456789abc  tor1 announced, tor2
                                                                                           pending (session is Idle)
                1 registrations""");
        assertThat(shell.run("vip:list")).isEqualTo("""
                VIP           NEXT HOP    FOR   STATE
                203.0.113.11  192.0.2.10  tor1  tor1 announced, tor2 pending (session is Idle)
                1 registrations""");
        assertThat(shell.run("vip:list --json"))
                .startsWith("{\"vips\":[{\"vip_ip\":\"203.0.113.11\"")
                .endsWith("\"next_marker\":null}");
    }

    @Test
    void list_inPages_saysHowToGoOn() throws Exception {
        for (int i = 1; i <= 3; i++) {
            shell.run("vip:register 203.0.113." + i + " 192.0.2.10");
        }
        assertThat(shell.run("vip:list --limit 2")).endsWith("2 registrations; more with --marker after-203.0.113.2");
        assertThat(shell.run("vip:list --limit 2 --marker after-203.0.113.2")).endsWith("\n1 registrations");
        assertThat(shell.run("vip:list --limit 3")).endsWith("\n3 registrations");
        assertThat(shell.run("vip:list --limit 1 --json")).endsWith("\"next_marker\":\"after-203.0.113.1\"}");
        assertThatThrownBy(() -> shell.run("vip:list --marker x"))
                .hasMessage("marker = \"x\": is no marker of this list: use what the page before ended with");
        assertThatThrownBy(() -> shell.run("vip:list --limit 10001"))
                .hasMessage("limit = \"10001\": must be a number 1..10000");
    }

    @Test
    void bulk_ofAFile_isOneCall() throws Exception {
        Path file = file("""
                {"registrations": [
                  {"amphora_id": "amp-1", "vip_ip": "203.0.113.1", "nexthop_ip": "192.0.2.10"},
                  {"vip_ip": "203.0.113.2", "nexthop_ip": "192.0.2.10", "peer_id": "tor1"}]}""");
        assertThat(shell.run("distributor:register-all " + file))
                .isEqualTo("2 registered; routes by peer: 2 announced, 2 pending");
        distributor.rows.remove(1);
        assertThat(shell.run("distributor:unregister-all --json " + file))
                .contains(
                        "\"absent\":[{\"vip_ip\":\"203.0.113.2\",\"nexthop_ip\":\"192.0.2.10\",\"peer_id\":\"tor1\"}]");
        assertThat(shell.run("distributor:unregister-all " + file)).isEqualTo("0 unregistered, 2 were not there");
    }

    @Test
    void bulk_withFaults_namesEachRowAndRegistersNothing() throws IOException {
        Path file = file("""
                {"registrations": [
                  {"amphora_id": "amp-1", "vip_ip": "203.0.113.1", "nexthop_ip": "192.0.2.10"},
                  {"vip_ip": "203.0.113.2/32", "nexthop_ip": "192.0.2.10"},
                  {"vip_ip": null, "nexthop_ip": "192.0.2.10"},
                  {"vip": "203.0.113.2", "nexthop_ip": "192.0.2.10"},
                  7]}""");
        assertThatThrownBy(() -> shell.run("distributor:register-all " + file))
                .hasMessageContaining("  registrations[1].vip_ip = \"203.0.113.2/32\": ")
                .hasMessageContaining("  registrations[2].vip_ip = \"null\": must be a text")
                .hasMessageContaining("  registrations[3].vip: is not a known field; known are amphora_id, nexthop_ip,")
                .hasMessageContaining("  registrations[4] = \"7\": must be an object");
        assertThat(distributor.rows).isEmpty();
    }

    @Test
    void bulk_ofAFileThatIsNotSuchJson_saysWhere() throws IOException {
        Path twice = file("{\"registrations\": [{\"vip_ip\": \"203.0.113.1\", \"vip_ip\": \"203.0.113.2\"}]}");
        assertThatThrownBy(() -> shell.run("distributor:register-all " + twice))
                .hasMessageStartingWith("not valid JSON at line 1 column")
                .hasMessageContaining("vip_ip");
        Path cut = file("{\"registrations\": [");
        assertThatThrownBy(() -> shell.run("distributor:register-all " + cut)).hasMessageStartingWith("not valid JSON");
        Path other = file("{\"rows\": []}");
        assertThatThrownBy(() -> shell.run("distributor:register-all " + other))
                .hasMessageStartingWith("the file must hold one");
        Path more = file("{\"registrations\": []} {}");
        assertThatThrownBy(() -> shell.run("distributor:register-all " + more))
                .hasMessageStartingWith("the file must hold one");
        assertThatThrownBy(() -> shell.run("distributor:register-all /no/such/file"))
                .hasMessage("FILE = \"/no/such/file\": there is no such file on the appliance");
    }

    @Test
    void completion_ofVipsAndAmphorae_offersWhatIsRegistered() throws Exception {
        shell.run("distributor:register amp-1 203.0.113.1 192.0.2.10");
        shell.run("vip:register 203.0.113.2 192.0.2.10");
        assertThat(shell.complete(Vips.class, "203")).containsExactly("203.0.113.1", "203.0.113.2");
        assertThat(shell.complete(AmphoraIds.class, "")).containsExactly("amp-1");
        shell.withoutPorts();
        assertThat(shell.complete(Vips.class, "")).isEmpty();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "bulk", ".json"), text);
    }

    @Test
    void ownVips_areShownWithTheReasonWhyTheyArentAnnounced() throws Exception {
        IpAddress nextHop = IpAddress.parse("10.20.0.11");
        OwnVip served = new OwnVip(IpAddress.parse("203.0.113.10"), nextHop, true, "served", 3);
        OwnVip dead = new OwnVip(
                IpAddress.parse("2001:db8::10"), null, false, "HAProxy is not accepting on [2001:db8::10]:80");
        PeerRoute route = new PeerRoute(new PeerId("tor1"), RouteState.ANNOUNCED, FakePeers.LONG_AGO, null);
        shell.with(OwnRoutes.class, new OwnRoutes() {
            @Override
            public CompletionStage<Void> serve(List<OwnVip> vips, Instant seen) {
                throw new UnsupportedOperationException("the console serves nothing");
            }

            @Override
            public AutoCloseable weighing(Consumer<Boolean> listener) {
                throw new UnsupportedOperationException("the console counts nothing");
            }

            @Override
            public CompletionStage<List<OwnVipStatus>> list() {
                return CompletableFuture.completedStage(
                        List.of(new OwnVipStatus(served, List.of(route)), new OwnVipStatus(dead, List.of())));
            }

            @Override
            public void leave() {
                throw new UnsupportedOperationException("the console serves nothing");
            }
        });

        assertThat(shell.run("vip:own"))
                .contains("203.0.113.10  10.20.0.11  yes     3   announced 1/1  served")
                .contains("HAProxy is not accepting on [2001:db8::10]:80")
                .endsWith("\n2 VIPs of this host");
        assertThat(shell.run("vip:own --json"))
                .startsWith(
                        "{\"own_vips\":[{\"vip_ip\":\"203.0.113.10\",\"nexthop_ip\":\"10.20.0.11\",\"served\":true,"
                                + "\"reason\":\"served\",\"back_ends_up\":3,\"peers\":[{\"id\":\"tor1\",\"state\":\"announced\",")
                .contains("{\"vip_ip\":\"2001:db8::10\",\"nexthop_ip\":null,\"served\":false,");
    }
}
