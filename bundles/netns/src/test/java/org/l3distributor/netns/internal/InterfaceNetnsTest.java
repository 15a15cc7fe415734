// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.netns.FrontEndPlug;
import org.l3distributor.netns.HostRoute;
import org.l3distributor.netns.InterfaceEvent;
import org.l3distributor.netns.InterfaceNetwork;
import org.l3distributor.netns.InterfaceStatus;
import org.l3distributor.netns.ListeningSocket;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.NamespaceState;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.NetworkPlug;
import org.l3distributor.netns.NoSuchInterfaceException;
import org.l3distributor.netns.PluggedInterface;
import org.l3distributor.netns.PluggedInterface.Change;
import org.l3distributor.netns.internal.netlink.LinuxKernel;

/** Interfaces in real namespaces: {@code front} leads to the router, {@code back} to the back ends. */
@Tag("netns")
class InterfaceNetnsTest {
    private static final IpAddress V4 = IpAddress.parse("203.0.113.10");
    private static final IpAddress V6 = IpAddress.parse("2001:db8::10");
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int PORT = 8080;

    @TempDir
    Path directory;

    private NetnsFixture netns;
    private Wire front;
    private Wire back;
    private Plumber plumber;

    @BeforeEach
    void start() throws Exception {
        netns = new NetnsFixture();
        front = new Wire();
        back = new Wire();
        plumber = plumber();
    }

    @AfterEach
    void stop() throws Exception {
        if (plumber != null) {
            plumber.close();
            netns.close();
            front.close();
            back.close();
        }
    }

    private Plumber plumber() {
        return new Plumber(new Plumber.Settings(netns.name, true, directory), LinuxKernel::new, Clock.systemUTC());
    }

    private static <T> T done(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void fails(CompletionStage<?> stage, Class<? extends Exception> with, String text) {
        assertThat(stage.toCompletableFuture())
                .failsWithin(SOON)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(with)
                .withMessageContaining(text);
    }

    private NamespaceSnapshot snapshot() {
        return plumber.snapshot(netns.name);
    }

    private long await(String what, Predicate<NamespaceSnapshot> check) {
        return NetnsFixture.await(SOON, () -> check.test(snapshot()), () -> what + ": " + snapshot());
    }

    private String fault() {
        return snapshot().frontEnd().flatMap(InterfaceStatus::fault).orElse("");
    }

    private static InterfaceNetwork network(String address, int length, String gateway) {
        return InterfaceNetwork.of(
                IpAddress.parse(address), length, gateway.isEmpty() ? null : IpAddress.parse(gateway));
    }

    private FrontEndPlug frontEnd() {
        return new FrontEndPlug(
                front.mac,
                1450,
                List.of(network("10.20.0.11", 24, "10.20.0.1"), network("2001:db8:20::11", 64, "2001:db8:20::1")),
                List.of(new HostRoute(IpPrefix.parse("198.51.100.0/24"), IpAddress.parse("10.20.0.2"))),
                Set.of(V4, V6));
    }

    private NetworkPlug network() {
        return new NetworkPlug(
                back.mac,
                0,
                List.of(network("10.77.0.21", 24, "10.77.0.1"), network("2001:db8:77::21", 64, "")),
                List.of(new HostRoute(IpPrefix.parse("10.78.0.0/16"), IpAddress.parse("10.77.0.2"))));
    }

    @Test
    void greeting_makesTheGatewaysKnowTheFrontEndsAddresses_beforeAnythingElseIsSent() throws Exception {
        front.plugIn();
        front.far.inside("addr", "add", "10.20.0.1/24", "dev", "far");
        front.far.inside("addr", "add", "2001:db8:20::1/64", "dev", "far", "nodad");
        done(plumber.plugFrontEnd(netns.name, frontEnd()));
        IpAddress four = IpAddress.parse("10.20.0.11");
        IpAddress six = IpAddress.parse("2001:db8:20::11");
        assertThat(neighbours()).doesNotContain(four.toString()).doesNotContain(six.toString());

        assertThat(done(plumber.greetGateways(netns.name, Set.of(four, six)))).containsExactlyInAnyOrder(four, six);
        NetnsFixture.await(
                SOON,
                () -> neighbours().contains(four + " dev far lladdr " + front.mac.text())
                        && neighbours().contains(six + " dev far lladdr " + front.mac.text()),
                () -> "the far end knows its neighbours: " + neighbours());
        assertThat(neighbours()).doesNotContain(V4.toString()).doesNotContain(V6.toString());

        assertThat(done(plumber.greetGateways(netns.name, Set.of()))).isEmpty();
        fails(
                plumber.greetGateways(netns.name, Set.of(IpAddress.parse("10.20.0.99"))),
                NetnsException.class,
                "send a datagram from 10.20.0.99");
    }

    private String neighbours() {
        try {
            return front.shell("ip neigh show");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void plug_ofBothInterfaces_movesAddressesAndRoutesThem() throws Exception {
        front.plugIn();
        back.plugIn();
        PluggedInterface eth1 = done(plumber.plugFrontEnd(netns.name, frontEnd()));
        PluggedInterface eth2 = done(plumber.plugNetwork(netns.name, network()));

        assertThat(eth1.name()).isEqualTo("eth1");
        assertThat(eth1.change()).isEqualTo(Change.PLUGGED);
        assertThat(eth2.name()).isEqualTo("eth2");
        assertThat(eth2.snapshot().state()).isEqualTo(NamespaceState.READY);
        assertThat(eth2.snapshot().driftRepaired()).isZero();
        assertThat(netns.inside("link", "show", "dev", "eth1")).contains("mtu 1450", "LOWER_UP", front.mac.text());
        assertThat(netns.inside("addr", "show", "dev", "eth1"))
                .contains("inet 10.20.0.11/24 scope global eth1", "inet6 2001:db8:20::11/64 scope global nodad");
        assertThat(netns.inside("route", "show", "table", "main"))
                .contains("default via 10.20.0.1 dev eth1 proto 203 onlink")
                .contains("198.51.100.0/24 via 10.20.0.2 dev eth1")
                .contains("10.78.0.0/16 via 10.77.0.2 dev eth2")
                .doesNotContain("10.77.0.1 ");
        assertThat(netns.inside("route", "show", "table", "1"))
                .contains("default via 10.20.0.1 dev eth1")
                .contains("10.20.0.0/24 dev eth1 proto 203 scope link")
                .contains("198.51.100.0/24 via 10.20.0.2 dev eth1")
                .doesNotContain("eth2");
        assertThat(netns.inside("-6", "route", "show", "table", "1"))
                .contains("2001:db8:20::/64 dev eth1", "default via 2001:db8:20::1 dev eth1");
        assertThat(netns.inside("-6", "route", "show")).contains("default via 2001:db8:20::1 dev eth1");
        assertThat(netns.inside("rule", "show")).contains("1000:	from 203.0.113.10 lookup 1");
        assertThat(netns.inside("-6", "rule", "show")).contains("1000:	from 2001:db8::10 lookup 1");
        assertThat(netns.sysctl("net/ipv6/conf/eth1/accept_ra")).isEqualTo("0");
        assertThat(netns.sysctl("net/ipv4/conf/eth2/arp_ignore")).isEqualTo("1");
        assertThat(eth2.snapshot().interfaceOf(IpAddress.parse("10.77.0.21"))).contains("eth2");
        assertThat(eth2.snapshot().interfaceOf(V4)).contains("eth1");
        assertThat(eth2.snapshot().interfaceOf(IpAddress.parse("10.77.0.22"))).isEmpty();
    }

    @Test
    void answers_ofAVip_leaveByTheFrontEndEvenToABackEndSubnet() throws Exception {
        front.plugIn();
        back.plugIn();
        done(plumber.plugFrontEnd(netns.name, frontEnd()));
        done(plumber.plugNetwork(netns.name, network()));
        // Clients whose addresses lie in the subnets of eth2, but who are behind the router of eth1.
        front.far.inside("addr", "add", "10.20.0.1/24", "dev", "far");
        front.far.inside("addr", "add", "2001:db8:20::1/64", "dev", "far", "nodad");
        front.far.inside("addr", "add", "10.77.0.50/32", "dev", "lo");
        front.far.inside("addr", "add", "2001:db8:77::50/128", "dev", "lo");
        front.far.inside("route", "add", "203.0.113.10", "via", "10.20.0.11", "src", "10.77.0.50");
        front.far.inside("route", "add", "2001:db8::10", "via", "2001:db8:20::11", "src", "2001:db8:77::50");

        try (Listener listener = new Listener("203.0.113.10", "2001:db8::10")) {
            assertThat(listener.isUp()).isTrue();
            for (String vip : new String[] {"203.0.113.10", "2001:db8::10"}) {
                assertThat(front.shell("exec 3<>/dev/tcp/" + vip + "/" + PORT + " && echo connected"))
                        .as("a connection to %s", vip)
                        .contains("connected");
            }
            assertThat(done(plumber.traffic(netns.name)).get("eth1").sent()).isGreaterThan(200);
            // The check that the check can fail: without the rule the answer goes to eth2 and is lost.
            plumber.close();
            netns.inside("rule", "del", "from", "203.0.113.10", "lookup", "1");
            assertThat(front.shell("timeout 1 bash -c 'exec 3<>/dev/tcp/203.0.113.10/" + PORT + "' || echo lost"))
                    .contains("lost");
        }
    }

    @Test
    void vip_isAnsweredForOnNoWire() throws Exception {
        front.plugIn();
        done(plumber.plugFrontEnd(netns.name, frontEnd()));
        front.far.inside("addr", "add", "10.20.0.1/24", "dev", "far");
        front.far.inside("addr", "add", "2001:db8:20::1/64", "dev", "far", "nodad");
        front.far.writeSysctl("net/ipv4/neigh/far/retrans_time_ms", "50");
        front.far.writeSysctl("net/ipv6/neigh/far/retrans_time_ms", "50");
        front.far.inside("route", "add", "203.0.113.10/32", "dev", "far");
        front.far.inside("-6", "route", "add", "2001:db8::10/128", "dev", "far");

        assertThat(neighbour("10.20.0.11")).as("its own address").contains(front.mac.text());
        assertThat(neighbour("2001:db8:20::11")).as("its own address").contains(front.mac.text());
        assertThat(neighbour("203.0.113.10")).contains("FAILED").doesNotContain(front.mac.text());
        assertThat(neighbour("2001:db8::10")).contains("FAILED").doesNotContain(front.mac.text());
    }

    /** What the kernel at the far end knows after it asked all it asks: ARP and neighbour solicitations are its own. */
    private String neighbour(String address) throws Exception {
        front.shell("echo x > /dev/udp/" + address + "/9 || true");
        String[] last = {""};
        NetnsFixture.await(
                SOON,
                () -> {
                    try {
                        last[0] = front.far.inside("neigh", "show", address, "dev", "far");
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                    return last[0].contains("lladdr") || last[0].contains("FAILED");
                },
                () -> address + ": " + last[0]);
        return last[0];
    }

    @Test
    void samePlugTwice_changesNothingAndAnotherOneUpdatesInPlace() throws Exception {
        front.plugIn();
        back.plugIn();
        done(plumber.plugFrontEnd(netns.name, frontEnd()));
        done(plumber.plugNetwork(netns.name, network()));
        String before = netns.inside("addr", "show");
        assertThat(done(plumber.plugFrontEnd(netns.name, frontEnd())).change()).isEqualTo(Change.UNCHANGED);
        assertThat(done(plumber.plugNetwork(netns.name, network())).change()).isEqualTo(Change.UNCHANGED);
        assertThat(netns.inside("addr", "show")).isEqualTo(before);

        PluggedInterface updated = done(plumber.plugNetwork(
                netns.name,
                new NetworkPlug(
                        back.mac,
                        1400,
                        List.of(network("10.77.0.22", 24, ""), network("2001:db8:77::21", 80, "")),
                        List.of(new HostRoute(IpPrefix.parse("10.78.0.0/16"), IpAddress.parse("10.77.0.3"))))));
        assertThat(updated.change()).isEqualTo(Change.UPDATED);
        assertThat(updated.name()).isEqualTo("eth2");
        assertThat(updated.snapshot().state()).isEqualTo(NamespaceState.READY);
        assertThat(updated.snapshot().driftRepaired()).isZero();
        assertThat(netns.inside("addr", "show", "dev", "eth2"))
                .contains("mtu 1400", "10.77.0.22/24", "2001:db8:77::21/80")
                .doesNotContain("10.77.0.21", "2001:db8:77::21/64");
        assertThat(netns.inside("route", "show"))
                .contains("10.78.0.0/16 via 10.77.0.3 dev eth2")
                .doesNotContain("10.77.0.2 dev");
        await("nothing of the old is ours", now -> now.state() == NamespaceState.READY);
        assertThat(Files.readString(directory.resolve(netns.name + ".vips"))).doesNotContain("leaving");
    }

    @Test
    void plugForAnotherVip_onTheSameInterface_takesNothingFromTheVipsThatStand() throws Exception {
        front.plugIn();
        done(plumber.plugFrontEnd(netns.name, frontEnd()));
        String six = netns.inside("-6", "route", "show", "table", "1");
        IpAddress other = IpAddress.parse("203.0.113.20");
        HostRoute anotherWay = new HostRoute(IpPrefix.parse("198.51.100.0/24"), IpAddress.parse("10.20.0.3"));
        FrontEndPlug second = new FrontEndPlug(
                front.mac,
                0,
                List.of(network("10.20.0.11", 24, "10.20.0.1"), network("10.21.0.11", 24, "10.21.0.1")),
                List.of(anotherWay),
                Set.of(other));
        assertThat(done(plumber.plugFrontEnd(netns.name, second)).change()).isEqualTo(Change.UPDATED);

        assertThat(netns.inside("addr", "show", "dev", "eth1"))
                .contains("mtu 1450", "10.20.0.11/24", "10.21.0.11/24", "2001:db8:20::11/64");
        assertThat(netns.inside("-6", "route", "show", "table", "1")).isEqualTo(six);
        assertThat(netns.inside("route", "show", "table", "1"))
                .contains("default via 10.20.0.1 ", "198.51.100.0/24 via 10.20.0.3 ")
                .doesNotContain("10.20.0.2 ", "10.21.0.1 ");
        assertThat(netns.inside("rule", "show")).contains("from 203.0.113.10 lookup 1", "from 203.0.113.20 lookup 1");

        assertThat(done(plumber.plugFrontEnd(netns.name, second)).change())
                .as("told again")
                .isEqualTo(Change.UNCHANGED);
        assertThat(done(plumber.plugFrontEnd(netns.name, frontEnd())).change())
                .as("the first one's own route")
                .isEqualTo(Change.UPDATED);
        assertThat(netns.inside("addr", "show", "dev", "eth1")).contains("10.21.0.11/24");

        done(plumber.unplug(netns.name, V4));
        done(plumber.unplug(netns.name, V6));
        done(plumber.plugFrontEnd(netns.name, second));
        assertThat(netns.inside("addr", "show", "dev", "eth1"))
                .as("nobody else is there any more")
                .contains("10.21.0.11/24")
                .doesNotContain("2001:db8:20::11");
    }

    @Test
    void plug_ofAMacThatNobodyHas_keepsNothingAndWorksOnceItIsThere() throws Exception {
        fails(plumber.plugFrontEnd(netns.name, frontEnd()), NoSuchInterfaceException.class, front.mac.text());
        assertThat(snapshot().interfaces()).isEmpty();
        assertThat(snapshot().vips()).isEmpty();
        assertThat(directory).isEmptyDirectory();
        assertThat(Path.of("/run/netns", netns.name)).doesNotExist();

        front.plugIn();
        assertThat(done(plumber.plugFrontEnd(netns.name, frontEnd())).change()).isEqualTo(Change.PLUGGED);
    }

    @Test
    void pulledInterface_isToldWithinMillisecondsAndTakenAgainWhenItReturns() throws Exception {
        front.plugIn();
        done(plumber.plugFrontEnd(netns.name, frontEnd()));
        Queue<InterfaceEvent> events = new ConcurrentLinkedQueue<>();
        plumber.listenInterfaces(events::add);
        long[] took = new long[9];
        for (int i = 0; i < took.length; i++) {
            front.pull();
            took[i] = NetnsFixture.await(SOON, () -> events.size() == 1, this::snapshot);
            assertThat(events.remove().status().fault())
                    .contains("front-end interface eth1 (" + front.mac + ") is missing");
            assertThat(snapshot().state()).isEqualTo(NamespaceState.INCOMPLETE);
            front.plugIn();
            await("back", now -> now.state() == NamespaceState.READY && fault().isEmpty());
            NetnsFixture.await(SOON, () -> !events.isEmpty() && fault(events).isEmpty(), () -> events);
            events.clear();
        }
        Arrays.sort(took);
        System.out.printf(
                "netns: a pulled interface is told after p50=%.2f ms max=%.2f ms (from the end of `ip link del`)%n",
                took[took.length / 2] / 1e6, took[took.length - 1] / 1e6);
        assertThat(took[took.length / 2]).isLessThan(TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(netns.inside("route", "show", "table", "1")).contains("default via 10.20.0.1 dev eth1");
    }

    private static String fault(Queue<InterfaceEvent> events) {
        List<InterfaceEvent> all = new ArrayList<>(events);
        return all.get(all.size() - 1).status().fault().orElse("");
    }

    @Test
    void carrierLoss_isToldWithinMillisecondsAndSoIsItsReturn() throws Exception {
        front.plugIn();
        done(plumber.plugFrontEnd(netns.name, frontEnd()));
        Queue<InterfaceEvent> events = new ConcurrentLinkedQueue<>();
        try (AutoCloseable listening = plumber.listenInterfaces(events::add)) {
            front.far.inside("link", "set", "far", "down");
            long lost = NetnsFixture.await(SOON, () -> events.size() == 1, this::snapshot);
            assertThat(events.remove().status().fault()).contains("front-end interface eth1 has no carrier");
            front.far.inside("link", "set", "far", "up");
            long returned = NetnsFixture.await(SOON, () -> events.size() == 1, this::snapshot);
            assertThat(events.remove().status().fault()).isEmpty();
            System.out.printf(
                    "netns: carrier loss told after %.2f ms, its return after %.2f ms%n", lost / 1e6, returned / 1e6);
        }
        assertThat(snapshot().driftRepaired()).isZero();
    }

    @Test
    void addressThatSomebodyElseGives_isTold() throws Exception {
        front.plugIn();
        done(plumber.plugFrontEnd(netns.name, frontEnd()));
        Queue<InterfaceEvent> events = new ConcurrentLinkedQueue<>();
        try (AutoCloseable listening = plumber.listenInterfaces(events::add)) {
            netns.inside("-6", "addr", "add", "2001:db8:77::11/64", "dev", "eth1", "nodad");
            NetnsFixture.await(SOON, () -> events.size() == 1, this::snapshot);
            assertThat(snapshot().actual().addresses())
                    .anyMatch(one -> one.address().equals(IpAddress.parse("2001:db8:77::11")));
            netns.inside("-6", "addr", "del", "2001:db8:77::11/64", "dev", "eth1");
            NetnsFixture.await(SOON, () -> events.size() == 2, this::snapshot);
        }
    }

    @Test
    void restart_tearsNothingDownAndRepairsWhatWasUndoneMeanwhile() throws Exception {
        front.plugIn();
        back.plugIn();
        done(plumber.plugFrontEnd(netns.name, frontEnd()));
        done(plumber.plugNetwork(netns.name, network()));
        String before = everything();
        plumber.close();
        assertThat(everything()).isEqualTo(before);

        plumber = plumber();
        await(
                "as before",
                now -> now.state() == NamespaceState.READY && now.interfaces().size() == 2);
        assertThat(everything()).isEqualTo(before);
        assertThat(snapshot().driftRepaired()).isZero();

        plumber.close();
        netns.inside("addr", "del", "10.20.0.11/24", "dev", "eth1");
        netns.inside("route", "flush", "table", "1");
        netns.inside("rule", "del", "from", "203.0.113.10", "lookup", "1");
        netns.inside("link", "set", "eth2", "down");
        plumber = plumber();
        await("repaired", now -> now.state() == NamespaceState.READY && now.onLo(V4));
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void drift_inAnything_isRepairedByEvent() throws Exception {
        front.plugIn();
        done(plumber.plugFrontEnd(netns.name, frontEnd()));
        String before = everything();
        for (String drift : List.of(
                "addr del 10.20.0.11/24 dev eth1",
                "-6 addr del 2001:db8:20::11/64 dev eth1",
                "route del default",
                "route del default table 1",
                "-6 route del default table 1",
                "rule del from 203.0.113.10 lookup 1",
                "-6 rule del from 2001:db8::10 lookup 1",
                "link set eth1 mtu 1300",
                "link set eth1 down")) {
            long repaired = snapshot().driftRepaired();
            netns.inside(drift.split(" "));
            await(drift, now -> now.driftRepaired() > repaired && now.state() == NamespaceState.READY);
            assertThat(everything()).as(drift).isEqualTo(before);
        }
    }

    /** All that this bundle is for, without what differs from moment to moment. */
    private String everything() throws Exception {
        List<String> lines = new ArrayList<>();
        for (String show : List.of("-o addr", "route", "route show table 1", "-6 route", "-6 route show table 1")) {
            lines.addAll(netns.inside(show.split(" ")).lines().sorted().toList());
        }
        lines.addAll(netns.inside("rule").lines().toList());
        lines.addAll(netns.inside("-6", "rule").lines().toList());
        lines.removeIf(line -> line.contains("fe80::"));
        return String.join("\n", lines)
                .replaceAll(" (linkdown|tentative|dadfailed)", "")
                .replaceAll("[ \\\\]+", " ");
    }

    @Test
    void unplug_ofAVipAndOfAnInterface_takesOnlyWhatIsTheirs() throws Exception {
        front.plugIn();
        done(plumber.plugFrontEnd(netns.name, frontEnd()));
        netns.inside("addr", "add", "10.99.0.1/24", "dev", "eth1");
        netns.inside("route", "add", "192.0.2.0/24", "via", "10.99.0.2");
        done(plumber.unplug(netns.name, V4));
        assertThat(netns.inside("rule", "show")).doesNotContain("203.0.113.10");
        assertThat(netns.onLo("203.0.113.10/32")).isFalse();
        assertThat(netns.inside("-6", "rule", "show")).contains("from 2001:db8::10 lookup 1");

        NamespaceSnapshot after = done(plumber.unplugInterface(netns.name, front.mac));
        assertThat(after.interfaces()).isEmpty();
        assertThat(netns.inside("addr", "show", "dev", "eth1"))
                .contains("10.99.0.1/24")
                .doesNotContain("10.20.0.11");
        assertThat(netns.inside("route")).contains("192.0.2.0/24").doesNotContain("default", "198.51.100");
        assertThat(netns.inside("-6", "rule", "show")).doesNotContain("2001:db8::10");
        assertThat(netns.inside("-6", "route", "show")).doesNotContain("default");
    }

    @Test
    void interfaceThatIsHereUnderAnotherName_isRenamedAndTaken() throws Exception {
        done(plumber.open(netns.name));
        front.plugIn();
        front.far.ip("-o", "link", "show");
        String near = front.far
                .ip("-o", "link", "show")
                .lines()
                .filter(line -> line.contains(front.mac.text()))
                .map(line -> line.split("[:@] ?")[1].strip())
                .findFirst()
                .orElseThrow();
        front.far.ip("link", "set", near, "netns", netns.name);
        PluggedInterface eth1 = done(plumber.plugFrontEnd(netns.name, frontEnd()));
        assertThat(eth1.change()).isEqualTo(Change.PLUGGED);
        assertThat(netns.inside("link", "show", "dev", "eth1")).contains(front.mac.text());
    }

    @Test
    void anotherFrontEnd_isRefusedWhileTheFirstIsThereAndKeepsNothing() throws Exception {
        front.plugIn();
        back.plugIn();
        done(plumber.plugFrontEnd(netns.name, frontEnd()));
        FrontEndPlug other = new FrontEndPlug(back.mac, 0, List.of(), List.of(), Set.of());
        fails(plumber.plugFrontEnd(netns.name, other), NetnsException.class, "EEXIST (eth1 is another interface");
        assertThat(snapshot().interfaces()).hasSize(1);
        NetworkPlug same = new NetworkPlug(front.mac, 0, List.of(), List.of());
        fails(plumber.plugNetwork(netns.name, same), NetnsException.class, "plugged as eth1 already");
    }

    @Test
    void namespace_removedUnderItsInterfaces_isMadeAgainAndWaitsForThem() throws Exception {
        front.plugIn();
        done(plumber.plugFrontEnd(netns.name, frontEnd()));
        netns.ip("netns", "del", netns.name);
        await("made again", now -> now.onLo(V4) && now.state() == NamespaceState.INCOMPLETE);
        assertThat(fault()).contains("is missing"); // a wire dies with the namespace of its end
        front.awaitPulled();
        front.plugIn();
        await("complete", now -> now.state() == NamespaceState.READY && fault().isEmpty());
    }

    @Test
    void listeningSockets_areThoseOfTheNamespaceAtThatMoment() throws Exception {
        fails(plumber.listening(netns.name), NetnsException.class, "ENOENT");
        done(plumber.plug(netns.name, V4));
        done(plumber.plug(netns.name, V6));
        assertThat(done(plumber.listening(netns.name))).isEmpty();
        try (Listener listener = new Listener("203.0.113.10", "2001:db8::10", "::1")) {
            assertThat(listener.isUp()).isTrue();
            Set<ListeningSocket> sockets = done(plumber.listening(netns.name));
            assertThat(sockets)
                    .containsExactlyInAnyOrder(
                            new ListeningSocket(V4, PORT, false),
                            new ListeningSocket(V6, PORT, false),
                            new ListeningSocket(IpAddress.parse("::1"), PORT, false));
            long[] took = new long[200];
            for (int i = 0; i < took.length; i++) {
                long began = System.nanoTime();
                done(plumber.listening(netns.name));
                took[i] = System.nanoTime() - began;
            }
            Arrays.sort(took);
            System.out.printf("netns: listening sockets listed in p50=%.2f ms%n", took[100] / 1e6);
        }
        assertThat(done(plumber.listening(netns.name))).isEmpty();
    }

    /** A process in the namespace that listens on {@link #PORT}. */
    private final class Listener implements AutoCloseable {
        private final Process process;

        Listener(String... addresses) throws Exception {
            List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", netns.name));
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Listen.class.getName(),
                    String.valueOf(PORT)));
            command.addAll(List.of(addresses));
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        }

        boolean isUp() throws Exception {
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            return "listening".equals(said.readLine());
        }

        @Override
        public void close() throws Exception {
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
