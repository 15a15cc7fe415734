// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.client.AmphoraClient;
import org.l3distributor.client.AmphoraEndpoint;
import org.l3distributor.client.CallResult;
import org.l3distributor.client.internal.Clients;
import org.l3distributor.client.internal.tls.ClientTls;
import org.l3distributor.client.simulated.TestPki;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.distributor.amphora.OwnVipStatus;
import org.l3distributor.distributor.model.Owner;
import org.l3distributor.distributor.model.PeerRoute;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.distributor.model.RemovalResult;
import org.l3distributor.distributor.model.RouteState;
import org.l3distributor.net.IpAddress;

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
}
