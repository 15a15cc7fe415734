// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.l3distributor.loadbalancer.internal.Facts.HOP4;
import static org.l3distributor.loadbalancer.internal.Facts.LB;
import static org.l3distributor.loadbalancer.internal.Facts.MAC;
import static org.l3distributor.loadbalancer.internal.Facts.VIP4;
import static org.l3distributor.loadbalancer.internal.Facts.VIP6;
import static org.l3distributor.loadbalancer.internal.Facts.ip;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.amphora.PlugService.AdditionalVip;
import org.l3distributor.distributor.amphora.PlugService.NetworkPlugged;
import org.l3distributor.distributor.amphora.PlugService.Traffic;
import org.l3distributor.distributor.amphora.PlugService.VipPlug;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.netns.FrontEndPlug;
import org.l3distributor.netns.InterfaceEvent;
import org.l3distributor.netns.InterfacePlumber;
import org.l3distributor.netns.LinkTraffic;
import org.l3distributor.netns.MacAddress;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.NetworkPlug;
import org.l3distributor.netns.NoSuchInterfaceException;
import org.l3distributor.netns.PluggedInterface;
import org.l3distributor.netns.PluggedInterface.Change;
import org.l3distributor.netns.VipEvent;
import org.l3distributor.netns.VipPlumber;

class PlugsTest {
    private final Engines engines = new Engines();
    private final Namespace namespace = new Namespace();
    private final ServedVips served = new ServedVips(
            Runnable::run,
            () -> false,
            leaving -> Serving.of(Facts.namespace(), engines.snapshot(), Members.NOT_ASKED, leaving),
            fresh -> {});
    private final Plugs plugs = new Plugs(namespace, namespace, engines::snapshot, served);

    /** A namespace that takes everything, unless it is told not to. */
    private static final class Namespace implements VipPlumber, InterfacePlumber {
        final List<String> calls = new ArrayList<>();
        Change change = Change.PLUGGED;

        @Nullable
        RuntimeException fault;

        @Nullable
        FrontEndPlug front;

        private <T> CompletionStage<T> answer(T value) {
            return fault == null ? CompletableFuture.completedFuture(value) : CompletableFuture.failedFuture(fault);
        }

        @Override
        public CompletionStage<PluggedInterface> plugFrontEnd(String namespace, FrontEndPlug plug) {
            front = plug;
            return answer(new PluggedInterface("eth1", change, Facts.namespace()));
        }

        @Override
        public CompletionStage<PluggedInterface> plugNetwork(String namespace, NetworkPlug plug) {
            return answer(new PluggedInterface("eth2", change, Facts.namespace()));
        }

        @Override
        public CompletionStage<NamespaceSnapshot> unplugInterface(String namespace, MacAddress mac) {
            return answer(Facts.namespace());
        }

        @Override
        public CompletionStage<Map<String, LinkTraffic>> traffic(String namespace) {
            return answer(Map.of("eth1", new LinkTraffic(586, 990)));
        }

        @Override
        public CompletionStage<Set<IpAddress>> greetGateways(String namespace, Set<IpAddress> nextHops) {
            return answer(nextHops);
        }

        @Override
        public AutoCloseable listenInterfaces(Consumer<InterfaceEvent> listener) {
            return () -> {};
        }

        @Override
        public String defaultNamespace() {
            return "amphora-haproxy";
        }

        @Override
        public CompletionStage<NamespaceSnapshot> open(String namespace) {
            return answer(Facts.namespace());
        }

        @Override
        public CompletionStage<NamespaceSnapshot> plug(String namespace, IpAddress vip) {
            return answer(Facts.namespace());
        }

        @Override
        public CompletionStage<NamespaceSnapshot> unplug(String namespace, IpAddress vip) {
            calls.add("unplug " + vip);
            return answer(Facts.namespace());
        }

        @Override
        public NamespaceSnapshot snapshot(String namespace) {
            return Facts.namespace();
        }

        @Override
        public List<NamespaceSnapshot> snapshots() {
            return List.of(Facts.namespace());
        }

        @Override
        public AutoCloseable listen(Consumer<VipEvent> listener) {
            return () -> {};
        }
    }

    private static VipPlug plug(AdditionalVip... additional) {
        return new VipPlug(
                VIP4,
                MAC.text(),
                IpPrefix.parse("10.20.0.0/24"),
                HOP4,
                ip("10.20.0.1"),
                1450,
                List.of(),
                List.of(additional));
    }

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    @Test
    void plugVip_givesTheFrontEndItsAddress_andAllVipsToLo() {
        AdditionalVip six =
                new AdditionalVip(VIP6, IpPrefix.parse("2001:db8:f::/64"), ip("2001:db8:f::1"), List.of(), null, null);
        assertThat(now(plugs.plugVip(plug(six)))).isEqualTo(Reply.done("eth1"));
        FrontEndPlug front = namespace.front;
        assertThat(front.vips()).containsExactlyInAnyOrder(VIP4, VIP6);
        assertThat(front.mtu()).isEqualTo(1450);
        assertThat(front.networks())
                .extracting(one -> one.subnet() + " " + one.address() + " " + one.gateway())
                .containsExactly("10.20.0.0/24 10.20.0.11 10.20.0.1", "2001:db8:f::/64 null 2001:db8:f::1");
    }

    @Test
    void anAdditionalIpv4VipWithoutAnAddressOfItsOwn_bringsNoNetwork() {
        AdditionalVip more =
                new AdditionalVip(ip("203.0.113.11"), IpPrefix.parse("203.0.113.0/24"), null, List.of(), null, null);
        now(plugs.plugVip(plug(more)));
        assertThat(namespace.front.networks()).hasSize(1);
        AdditionalVip own = new AdditionalVip(
                ip("203.0.113.11"),
                IpPrefix.parse("203.0.113.0/24"),
                null,
                List.of(),
                ip("10.21.0.11"),
                IpPrefix.parse("10.21.0.0/24"));
        now(plugs.plugVip(plug(own)));
        assertThat(namespace.front.networks()).hasSize(2);
    }

    @Test
    void theSamePlugAgain_isAConflict_whichTheControllerTakesForSuccess() {
        namespace.change = Change.UNCHANGED;
        assertThat(now(plugs.plugVip(plug())))
                .isEqualTo(Reply.refused(Reply.Kind.CONFLICT, "Interface already exists", null));
    }

    @Test
    void aMacThatNobodyHas_isNotReady_soThatTheControllerTriesAgain() {
        namespace.fault = new NoSuchInterfaceException(MAC, "amphora-haproxy");
        assertThat(now(plugs.plugVip(plug())))
                .isEqualTo(Reply.refused(Reply.Kind.NOT_FOUND, null, "No suitable network interface found"));
    }

    @Test
    void whatTheKernelRefuses_isToldWithTheErrno() {
        namespace.fault = new NetnsException("move eth7", "amphora-haproxy", "EPERM", null);
        Reply<String> reply = now(plugs.plugVip(plug()));
        assertThat(reply).isInstanceOfSatisfying(Reply.Refused.class, refused -> {
            assertThat(refused.kind()).isEqualTo(Reply.Kind.FAILED);
            assertThat(refused.details()).contains("EPERM").contains("stays wanted");
        });
    }

    @Test
    void aPlugThatContradicts_isNoConflict_sinceTheControllerWouldGoOnAsIfItStood() {
        namespace.fault = new NetnsException("plug eth1", "amphora-haproxy", "EEXIST", "another interface");
        String why = "plug eth1 in amphora-haproxy: EEXIST (another interface)";
        assertThat(now(plugs.plugVip(plug()))).isEqualTo(Reply.refused(Reply.Kind.FAILED, "Error plugging VIP", why));
        var network =
                new org.l3distributor.distributor.amphora.PlugService.NetworkPlug("fa:16:3e:00:00:02", List.of(), null);
        assertThat(now(plugs.plugNetwork(network)))
                .isEqualTo(Reply.refused(Reply.Kind.FAILED, "Error plugging network", why));
    }

    @Test
    void anAddressThatCannotBeThere_isInvalid() {
        VipPlug wrong =
                new VipPlug(VIP4, MAC.text(), IpPrefix.parse("10.99.0.0/24"), HOP4, null, null, List.of(), List.of());
        assertThat(now(plugs.plugVip(wrong)))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Reply.Kind.INVALID));
    }

    @Test
    void plugNetwork_saysWhetherTheInterfaceWasThere() {
        var network =
                new org.l3distributor.distributor.amphora.PlugService.NetworkPlug("fa:16:3e:00:00:02", List.of(), null);
        assertThat(now(plugs.plugNetwork(network))).isEqualTo(Reply.done(new NetworkPlugged("eth2", false)));
        namespace.change = Change.UNCHANGED;
        assertThat(now(plugs.plugNetwork(network))).isEqualTo(Reply.done(new NetworkPlugged("eth2", true)));
    }

    @Test
    void plugNetwork_ofTheFrontEndsPort_leavesItTheFrontEnd() {
        var network = new org.l3distributor.distributor.amphora.PlugService.NetworkPlug(MAC.text(), List.of(), null);
        namespace.fault = new IllegalStateException("the namespace must not be asked");
        assertThat(now(plugs.plugNetwork(network))).isEqualTo(Reply.done(new NetworkPlugged("eth1", true)));
    }

    @Test
    void unplugVip_withdrawsBeforeTheAddressGoes() {
        engines.snapshot = Facts.haproxy(Facts.running(LB, VIP4, VIP6));
        served.bind(engines);
        engines.calls.clear();
        engines.snapshot = Facts.haproxy(Facts.running(LB, VIP6));
        engines.wire = new CompletableFuture<>();
        CompletionStage<Reply<Reply.Ok>> gone = plugs.unplugVip(VIP4);
        assertThat(engines.calls).containsExactly("serve [" + VIP6 + "]");
        assertThat(namespace.calls).isEmpty();
        engines.wire.complete(null);
        assertThat(now(gone)).isEqualTo(Reply.ok());
        assertThat(namespace.calls).containsExactly("unplug " + VIP4);
    }

    @Test
    void unplugVip_thatFailsByAFault_leavesTheVipToBeJudgedByWhatIs() {
        engines.snapshot = Facts.haproxy(Facts.running(LB, VIP6));
        served.bind(engines);
        namespace.fault = new IllegalStateException("broken");
        assertThat(plugs.unplugVip(VIP4).toCompletableFuture()).isCompletedExceptionally();
        engines.snapshot = Facts.haproxy(Facts.running(LB, VIP4, VIP6));
        served.changed();
        assertThat(engines.calls).last().isEqualTo("serve [" + VIP4 + ", " + VIP6 + "]");
    }

    @Test
    void unplugVip_thatALoadBalancerBinds_isAConflictThatNamesIt() {
        engines.snapshot = Facts.haproxy(Facts.running(LB, VIP4));
        assertThat(now(plugs.unplugVip(VIP4)))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.details()).contains(LB));
        assertThat(namespace.calls).isEmpty();
    }

    @Test
    void traffic_isSaidByTheAmphora_soWhatItSentComesFirst() {
        assertThat(now(plugs.traffic())).containsExactly(new Traffic("eth1", 990, 586));
    }

    @Test
    void interfaceOf_aPluggedVip_isTheFrontEnd_andOfAStrangerNone() {
        assertThat(now(plugs.interfaceOf(VIP4))).isEqualTo(Reply.done("eth1"));
        assertThat(now(plugs.interfaceOf(ip("192.0.2.1")))).isInstanceOf(Reply.Refused.class);
    }
}
