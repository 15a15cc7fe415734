// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.amphora.PlugService;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.distributor.model.NamespaceView;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.net.IpAddress;
import org.l3distributor.netns.ActualNamespace;
import org.l3distributor.netns.InterfaceDescription;
import org.l3distributor.netns.InterfaceStatus;
import org.l3distributor.netns.Link;
import org.l3distributor.netns.LinkAddress;
import org.l3distributor.netns.MacAddress;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.NamespaceState;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.VipEvent;
import org.l3distributor.netns.VipPlumber;
import org.l3distributor.netns.VipStatus;

class LoadBalancerNamespaceTest {
    private static final IpAddress VIP = IpAddress.parse("203.0.113.10");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final NetnsException REFUSAL =
            new NetnsException("add 203.0.113.10/32 to lo", "amphora-haproxy", "EPERM", null);
    private static final Link ETH1 = new Link(7, "eth1", false, true, "02:00:00:00:00:07", 1500);
    private static final NamespaceSnapshot SNAPSHOT = new NamespaceSnapshot(
            "amphora-haproxy",
            NamespaceState.FAILED,
            NOON,
            new ActualNamespace(
                    List.of(new Link(1, "lo", true, true, null, 65536), ETH1),
                    List.of(new LinkAddress(1, VIP, 32), new LinkAddress(7, IpAddress.parse("10.20.0.11"), 24)),
                    List.of(),
                    List.of(),
                    Map.of(),
                    List.of()),
            List.of(new VipStatus(VIP, true, false, REFUSAL)),
            List.of(plugged("02:00:00:00:00:07", "eth1", ETH1), plugged("02:00:00:00:00:08", "eth2", null)),
            3,
            null);

    private static InterfaceStatus plugged(String mac, String name, @Nullable Link link) {
        return new InterfaceStatus(
                new InterfaceDescription(new MacAddress(mac), name, 0, List.of(), List.of()), link, List.of(), null);
    }

    /** Answers every wish with the same stage. */
    private record Plumber(CompletionStage<NamespaceSnapshot> answer) implements VipPlumber {
        @Override
        public String defaultNamespace() {
            return "amphora-haproxy";
        }

        @Override
        public CompletionStage<NamespaceSnapshot> open(String namespace) {
            throw new AssertionError("nobody asks to open");
        }

        @Override
        public CompletionStage<NamespaceSnapshot> plug(String namespace, IpAddress vip) {
            assertThat(namespace).isEqualTo("amphora-haproxy");
            return answer;
        }

        @Override
        public CompletionStage<NamespaceSnapshot> unplug(String namespace, IpAddress vip) {
            return plug(namespace, vip);
        }

        @Override
        public NamespaceSnapshot snapshot(String namespace) {
            return SNAPSHOT;
        }

        @Override
        public List<NamespaceSnapshot> snapshots() {
            return List.of(SNAPSHOT);
        }

        @Override
        public AutoCloseable listen(Consumer<VipEvent> listener) {
            throw new AssertionError("nobody listens");
        }
    }

    private static Outcome<NamespaceView> plugged(CompletionStage<NamespaceSnapshot> answer) {
        return new LoadBalancerNamespace(new Plumber(answer), null)
                .plug(VIP)
                .toCompletableFuture()
                .join();
    }

    @Test
    void namespaces_giveEachLinkItsOwnAddressesAndFault_andTellOfThoseThatAreMissing() {
        NamespaceView view = new LoadBalancerNamespace(new Plumber(CompletableFuture.completedFuture(SNAPSHOT)), null)
                .namespaces()
                .get(0);
        assertThat(view)
                .isEqualTo(new NamespaceView(
                        "amphora-haproxy",
                        "failed",
                        NOON,
                        List.of(
                                new NamespaceView.Link("lo", true, true, null, 65536, List.of("203.0.113.10/32"), null),
                                new NamespaceView.Link(
                                        "eth1",
                                        false,
                                        true,
                                        "02:00:00:00:00:07",
                                        1500,
                                        List.of("10.20.0.11/24"),
                                        "front-end interface eth1 is down"),
                                new NamespaceView.Link(
                                        "eth2",
                                        false,
                                        false,
                                        "02:00:00:00:00:08",
                                        null,
                                        List.of(),
                                        "interface eth2 (02:00:00:00:00:08) is missing")),
                        List.of(new NamespaceView.Vip(VIP, true, false, REFUSAL.getMessage())),
                        3,
                        null));
    }

    @Test
    void plug_thatWorks_givesTheNamespaceAfterwards() {
        assertThat(plugged(CompletableFuture.completedFuture(SNAPSHOT)))
                .isEqualTo(Outcome.done(NamespaceViews.of(SNAPSHOT)));
    }

    @Test
    void plug_thatTheKernelRefuses_isNotReadyAndSaysWhy() {
        assertThat(plugged(CompletableFuture.failedFuture(REFUSAL)))
                .isEqualTo(Outcome.refused(Refusal.notReady("add 203.0.113.10/32 to lo in amphora-haproxy: EPERM;"
                        + " the VIP stays wanted and is tried again")));
    }

    /** Gives every wish to unplug the same answer. */
    private record Unplugs(Reply<Reply.Ok> answer) implements PlugService {
        @Override
        public CompletionStage<Reply<Reply.Ok>> unplugVip(IpAddress vip) {
            assertThat(vip).isEqualTo(VIP);
            return CompletableFuture.completedFuture(answer);
        }

        @Override
        public CompletionStage<Reply<String>> plugVip(VipPlug plug) {
            throw new AssertionError("nobody plugs");
        }

        @Override
        public CompletionStage<Reply<NetworkPlugged>> plugNetwork(NetworkPlug plug) {
            throw new AssertionError("nobody plugs");
        }

        @Override
        public CompletionStage<Reply<String>> interfaceOf(IpAddress address) {
            throw new AssertionError("nobody asks");
        }

        @Override
        public CompletionStage<List<Traffic>> traffic() {
            throw new AssertionError("nobody counts");
        }
    }

    /** Whoever asked the plumber would get what nobody may get: an unplugged VIP whose route still stands. */
    private static Outcome<NamespaceView> unplugged(@Nullable PlugService plugs) {
        CompletionStage<NamespaceSnapshot> unasked =
                CompletableFuture.failedFuture(new AssertionError("the plumber was asked past the withdrawal"));
        return new LoadBalancerNamespace(new Plumber(unasked), plugs)
                .unplug(VIP)
                .toCompletableFuture()
                .join();
    }

    @Test
    void unplug_goesTheWayOfTheApi_whichWithdrawsFirst() {
        assertThat(unplugged(new Unplugs(Reply.ok()))).isEqualTo(Outcome.done(NamespaceViews.of(SNAPSHOT)));
    }

    @Test
    void unplug_ofAVipThatALoadBalancerBinds_isAConflict() {
        assertThat(unplugged(new Unplugs(Reply.refused(Reply.Kind.CONFLICT, "VIP in use", "bound by lb"))))
                .isEqualTo(Outcome.refused(Refusal.conflict("vip_ip", "203.0.113.10", "VIP in use: bound by lb")));
    }

    @Test
    void unplug_thatTheKernelRefuses_isNotReady_andWhatCanBeNoVipNamesTheField() {
        assertThat(unplugged(new Unplugs(Reply.refused(Reply.Kind.FAILED, "Error unplugging VIP", "EPERM"))))
                .isEqualTo(Outcome.refused(Refusal.notReady("Error unplugging VIP: EPERM")));
        assertThat(unplugged(new Unplugs(Reply.refused(Reply.Kind.INVALID, "not a unicast address", null))))
                .isEqualTo(Outcome.refused(Refusal.invalid("vip_ip", "203.0.113.10", "not a unicast address")));
    }

    @Test
    void unplug_whereNobodyKnowsWhoServesTheVip_isNotReady() {
        assertThat(unplugged(null))
                .isEqualTo(Outcome.refused(Refusal.notReady(
                        "nothing was changed: whether a load balancer serves 203.0.113.10 isn't known yet")));
    }

    @Test
    void plug_thatFailsByAFault_isNotDisguisedAsARefusal() {
        assertThatThrownBy(() -> plugged(CompletableFuture.failedFuture(new IllegalStateException("broken"))))
                .hasRootCauseMessage("broken");
    }
}
