// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.client.AmphoraClient;
import org.l3distributor.client.AmphoraDetails;
import org.l3distributor.client.AmphoraEndpoint;
import org.l3distributor.client.AmphoraInfo;
import org.l3distributor.client.CallResult;
import org.l3distributor.client.FrontEndPlug;
import org.l3distributor.client.PlugEnd;
import org.l3distributor.client.internal.Clients;
import org.l3distributor.client.internal.tls.ClientTls;
import org.l3distributor.client.simulated.TestPki;
import org.l3distributor.distributor.amphora.HeldConnections;
import org.l3distributor.distributor.amphora.LoadBalancerService;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.distributor.amphora.OwnVipStatus;
import org.l3distributor.distributor.amphora.PlugService;
import org.l3distributor.distributor.amphora.PlugService.AdditionalVip;
import org.l3distributor.distributor.amphora.PlugService.HostRoute;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.distributor.model.Owner;
import org.l3distributor.distributor.model.PeerRoute;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.distributor.model.RemovalResult;
import org.l3distributor.distributor.model.RouteState;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** The controller's client and this API understand each other: over mutual TLS, on the real resources. */
@Timeout(120)
class AmphoraClientTest {
    @TempDir
    Path directory;

    private Api api;
    private Clients clients;
    private AmphoraClient client;

    @BeforeEach
    void start() throws Exception {
        api = new Api();
        clients = clients(20_000);
        client = clients.amphora(new AmphoraEndpoint("speaker-1", api.secure()));
    }

    private Clients clients(int deadline) throws IOException {
        return new Clients(
                new ClientTls(TestPki.copy("controller.pem", directory), TestPki.copy("authority.crt", directory)),
                Clients.Limits.of(Duration.ofMillis(deadline), Duration.ofMillis(deadline), Duration.ofSeconds(3)));
    }

    @AfterEach
    void stop() throws Exception {
        clients.close();
        api.close();
    }

    private static Registration registration(int number) {
        return new Registration(
                new Owner.Amphora("amphora-" + number),
                IpAddress.v4(0xCB00_7100 + number),
                IpAddress.parse("10.20.0.1"),
                FakePorts.TOR);
    }

    private static Removal removal(Registration r) {
        return new Removal(r.owner(), r.vip(), r.nextHop(), r.peer());
    }

    private static <T> T answered(CompletionStage<CallResult<T>> stage) throws Exception {
        CallResult<T> result = stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(result).isInstanceOf(CallResult.Answered.class);
        return ((CallResult.Answered<T>) result).value();
    }

    @Test
    void registrations_addedListedAndRemoved_areReadAsTheyWereMeant() throws Exception {
        List<RegistrationStatus> registered = answered(client.register(List.of(registration(1), registration(2))));
        assertThat(registered)
                .extracting(RegistrationStatus::registration)
                .containsExactly(registration(1), registration(2));
        assertThat(registered.get(0).peers()).singleElement().satisfies(peer -> {
            assertThat(peer.state()).isEqualTo(RouteState.ANNOUNCED);
            assertThat(peer.writtenAt()).isEqualTo(FakePorts.WRITTEN);
        });
        assertThat(answered(client.registrations()))
                .extracting(RegistrationStatus::registration)
                .containsExactlyInAnyOrder(registration(1), registration(2));
        RemovalResult removed =
                answered(client.unregister(List.of(removal(registration(1)), removal(registration(3)))));
        assertThat(removed.removed())
                .singleElement()
                .satisfies(r -> assertThat(r.peers())
                        .allSatisfy(peer -> assertThat(peer.state()).isEqualTo(RouteState.WITHDRAWN)));
        assertThat(removed.absent()).containsExactly(removal(registration(3)));
    }

    @Test
    void list_ofSeveralPages_isRead() throws Exception {
        List<Registration> all = new ArrayList<>();
        for (int i = 0; i < 11_000; i++) {
            all.add(registration(i));
        }
        for (int i = 0; i < all.size(); i += 1000) {
            answered(client.register(all.subList(i, i + 1000)));
        }
        assertThat(answered(client.registrations()))
                .extracting(RegistrationStatus::registration)
                .containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void slowPeer_isPending_andNotSettled() throws Exception {
        api.fake.slow = true;
        assertThat(answered(client.register(List.of(registration(1)))))
                .singleElement()
                .satisfies(status -> assertThat(status.settled()).isFalse());
    }

    @Test
    void input_thatTheApiRefuses_isRejectedInItsWords() throws Exception {
        Registration wrong = new Registration(
                new Owner.Amphora("amphora-1"), IpAddress.parse("224.0.0.1"), IpAddress.parse("10.20.0.1"), null);
        CallResult<List<RegistrationStatus>> result =
                client.register(List.of(wrong)).toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(result).isInstanceOfSatisfying(CallResult.Rejected.class, rejected -> {
            assertThat(rejected.status()).isEqualTo(400);
            assertThat(rejected.code()).isEqualTo("invalid");
            assertThat(rejected.message()).contains("registrations[0].vip_ip", "224.0.0.1");
        });
    }

    @Test
    void portThatIsMissing_isUnavailable_andTriedAgain() throws Exception {
        clients.close();
        clients = clients(1500);
        client = clients.amphora(new AmphoraEndpoint("speaker-1", api.secure()));
        api.ports.distributor().unbind(api.fake);
        CallResult<List<RegistrationStatus>> result =
                client.register(List.of(registration(1))).toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(result)
                .isInstanceOfSatisfying(
                        CallResult.Unavailable.class,
                        unavailable -> assertThat(unavailable.reason()).contains("503"));
    }

    @Test
    void ownVips_andStop_areUnderstood() throws Exception {
        api.holdsALoadBalancer();
        IpAddress vip = IpAddress.parse("203.0.113.10");
        PeerRoute route = new PeerRoute(FakePorts.TOR, RouteState.PENDING, null, "the session is down");
        OwnVipStatus served =
                new OwnVipStatus(new OwnVip(vip, IpAddress.parse("10.20.0.1"), true, "served", 3), List.of(route));
        OwnVipStatus bare = new OwnVipStatus(
                new OwnVip(IpAddress.parse("2001:db8:100::10"), null, false, "no IPv6 next hop"), List.of());
        api.amphora.own.addAll(List.of(served, bare));
        assertThat(answered(client.ownVips())).containsExactly(served, bare);

        String loadBalancer = "7c1d3a52-0b6e-4f0f-8b3e-2a53b7a8c001";
        answered(client.stop(loadBalancer)); // it doesn't hold that one
        api.amphora.configurations.put(loadBalancer, new byte[0]);
        answered(client.stop(loadBalancer));
        assertThat(api.amphora.calls).contains("STOP " + loadBalancer);
        api.holdsNoLoadBalancer();
        answered(client.stop(loadBalancer));
    }

    @Test
    void heldConnections_areUnderstood_alsoWhereNobodyCanTell() throws Exception {
        api.holdsALoadBalancer();
        List<HeldConnections> held = List.of(new HeldConnections("lb-1", 0, 1), HeldConnections.unknown("lb-2"));
        api.amphora.held.addAll(held);
        assertThat(answered(client.heldConnections())).isEqualTo(held);
    }

    private static final String LB = "7c1d3a52-0b6e-4f0f-8b3e-2a53b7a8c001";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static CallResult.Rejected<?> rejected(CompletionStage<? extends CallResult<?>> stage) throws Exception {
        CallResult<?> result = stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(result).isInstanceOf(CallResult.Rejected.class);
        return (CallResult.Rejected<?>) result;
    }

    @Test
    void discovery_infoAndDetails_areRead() throws Exception {
        assertThat(answered(client.discover())).isEqualTo("1.0");
        assertThat(answered(client.info()).haproxyVersion()).isNull();
        api.holdsALoadBalancer();
        api.amphora.listeners.add(new LoadBalancerService.ListenerView("listener-1", LB, "HTTP", "ACTIVE"));
        AmphoraInfo info = answered(client.info());
        assertThat(info.apiVersion()).isEqualTo("1.0");
        assertThat(info.hostname()).isNotBlank();
        assertThat(info.haproxyVersion()).isEqualTo("2.6.12-1+deb12u4");
        AmphoraDetails details = answered(client.details());
        assertThat(details.haproxyVersion()).isEqualTo(info.haproxyVersion());
        assertThat(details.listeners()).containsExactly("listener-1");
        assertThat(details.networks()).containsExactly(Map.entry("eth1", new AmphoraDetails.Traffic(990, 586)));
        assertThat(details.processors()).isPositive();
        assertThat(details.memory().total()).isPositive();
    }

    @Test
    void plugs_arriveAsTheyWereMeant() throws Exception {
        api.holdsALoadBalancer();
        HostRoute route = new HostRoute(IpPrefix.parse("10.99.0.0/16"), IpAddress.parse("10.20.0.1"));
        AdditionalVip more = new AdditionalVip(
                IpAddress.parse("2001:db8:100::10"),
                IpPrefix.parse("2001:db8:100::/64"),
                null,
                List.of(),
                IpAddress.parse("2001:db8:f::21"),
                IpPrefix.parse("2001:db8:f::/64"));
        FrontEndPlug plug = new FrontEndPlug(
                IpAddress.parse("203.0.113.10"),
                IpPrefix.parse("203.0.113.0/24"),
                IpAddress.parse("203.0.113.1"),
                "fa:16:3e:aa:00:01",
                IpAddress.parse("10.20.0.21"),
                new FrontEndPlug.FrontEnd(IpPrefix.parse("10.20.0.0/24"), IpAddress.parse("10.20.0.1")),
                1450,
                List.of(route),
                List.of(more));
        assertThat(answered(client.plugVip(plug))).isEqualTo(PlugEnd.PLUGGED);
        assertThat(api.amphora.plugged)
                .isEqualTo(new PlugService.VipPlug(
                        plug.vip(),
                        plug.mac(),
                        IpPrefix.parse("10.20.0.0/24"),
                        plug.frontendIp(),
                        IpAddress.parse("10.20.0.1"),
                        1450,
                        List.of(route),
                        List.of(more)));

        FrontEndPlug bare = new FrontEndPlug(
                plug.vip(),
                plug.subnet(),
                null,
                plug.mac(),
                IpAddress.parse("203.0.113.21"),
                null,
                null,
                List.of(),
                List.of());
        assertThat(answered(client.plugVip(bare))).isEqualTo(PlugEnd.PLUGGED);
        assertThat(api.amphora.plugged.subnet()).isEqualTo(plug.subnet());
        assertThat(api.amphora.plugged.gateway()).isNull();

        PlugService.NetworkPlug network = new PlugService.NetworkPlug(
                "fa:16:3e:aa:00:02",
                List.of(new PlugService.FixedIp(
                        IpAddress.parse("10.77.0.21"),
                        IpPrefix.parse("10.77.0.0/24"),
                        IpAddress.parse("10.77.0.1"),
                        List.of())),
                9000);
        assertThat(answered(client.plugNetwork(network))).isEqualTo(PlugEnd.PLUGGED);
        assertThat(api.amphora.network).isEqualTo(network);
        assertThat(answered(client.unplugVip(plug.vip()))).isEqualTo(Reply.Ok.OK);
        assertThat(api.amphora.calls).contains("unplug 203.0.113.10");
    }

    @Test
    void plug_thatStandsOrHasNoInterfaceYet_isNoFailure_butAContradictionIs() throws Exception {
        api.holdsALoadBalancer();
        PlugService.NetworkPlug network = new PlugService.NetworkPlug("fa:16:3e:aa:00:02", List.of(), null);
        api.amphora.refusal = new Reply.Refused<>(Reply.Kind.NOT_FOUND, null, null);
        assertThat(answered(client.plugNetwork(network))).isEqualTo(PlugEnd.NO_INTERFACE);
        FrontEndPlug plug = new FrontEndPlug(
                IpAddress.parse("203.0.113.10"),
                IpPrefix.parse("203.0.113.0/24"),
                null,
                "fa:16:3e:aa:00:01",
                IpAddress.parse("203.0.113.21"),
                null,
                null,
                List.of(),
                List.of());
        assertThat(answered(client.plugVip(plug))).isEqualTo(PlugEnd.NO_INTERFACE);
        api.amphora.refusal = new Reply.Refused<>(Reply.Kind.CONFLICT, "Interface already exists", null);
        assertThat(answered(client.plugVip(plug))).isEqualTo(PlugEnd.STOOD);
        api.amphora.refusal =
                new Reply.Refused<>(Reply.Kind.FAILED, "Error plugging VIP", "EEXIST (eth1 is another interface)");
        assertThat(client.plugVip(plug).toCompletableFuture().get(60, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        CallResult.Unavailable.class,
                        failed -> assertThat(failed.reason()).contains("eth1 is another interface"));
    }

    @Test
    void haproxy_isDrivenFromUploadToDelete() throws Exception {
        api.holdsALoadBalancer();
        assertThat(rejected(client.reload(LB)).status())
                .as("before its first upload")
                .isEqualTo(404);
        answered(client.putCertificate(LB, "abc.pem", bytes("PEM")));
        assertThat(api.amphora.certificates.get(LB + "/abc.pem")).isEqualTo(bytes("PEM"));
        assertThat(answered(client.certificateMd5(LB, "abc.pem")))
                .contains(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("MD5").digest(bytes("PEM"))));
        assertThat(answered(client.certificateMd5(LB, "other.pem"))).isEmpty();
        answered(client.uploadHaproxy(LB, bytes("frontend x")));
        assertThat(api.amphora.configurations.get(LB)).isEqualTo(bytes("frontend x"));
        answered(client.reload(LB));
        answered(client.start(LB));
        answered(client.deleteCertificate(LB, "abc.pem"));
        assertThat(api.amphora.certificates).isEmpty();
        answered(client.deleteLoadBalancer(LB));
        assertThat(api.amphora.calls)
                .containsExactly("upload " + LB + " speaker-1", "RELOAD " + LB, "START " + LB, "delete " + LB);
        assertThat(api.amphora.configurations).isEmpty();
    }

    @Test
    void configuration_thatHaproxyRefuses_isRejectedInItsWords() throws Exception {
        api.holdsALoadBalancer();
        api.amphora.refusal = new Reply.Refused<>(Reply.Kind.INVALID, "Invalid request", "[ALERT] line 3");
        CallResult.Rejected<?> rejected = rejected(client.uploadHaproxy(LB, bytes("frontend x")));
        assertThat(rejected.status()).isEqualTo(400);
        assertThat(rejected.message()).isEqualTo("Invalid request: [ALERT] line 3");
    }

    @Test
    void agentsFiles_areReplaced() throws Exception {
        api.holdsALoadBalancer();
        answered(client.putConfig(bytes("[DEFAULT]")));
        answered(client.putServerCertificate(bytes("PEM")));
        assertThat(api.amphora.calls).containsExactly("config [DEFAULT]", "certificate PEM");
    }
}
