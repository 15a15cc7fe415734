// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.netns.FrontEndPlug;
import org.l3distributor.netns.HostRoute;
import org.l3distributor.netns.InterfaceEvent;
import org.l3distributor.netns.InterfaceNetwork;
import org.l3distributor.netns.Link;
import org.l3distributor.netns.ListeningSocket;
import org.l3distributor.netns.MacAddress;
import org.l3distributor.netns.NamespaceSnapshot;
import org.l3distributor.netns.NamespaceState;
import org.l3distributor.netns.NetnsException;
import org.l3distributor.netns.NetworkPlug;
import org.l3distributor.netns.PluggedInterface;
import org.l3distributor.netns.VipEvent;

/** The service over a kernel in memory. */
class PlumberTest {
    private static final IpAddress A = IpAddress.parse("203.0.113.10");
    private static final IpAddress B = IpAddress.parse("2001:db8::10");
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private FakeKernel kernel;
    private Plumber plumber;

    @BeforeEach
    void start() {
        restart();
    }

    @AfterEach
    void stop() {
        plumber.close();
    }

    private void restart() {
        kernel = new FakeKernel();
        FakeKernel mine = kernel;
        plumber = new Plumber(
                new Plumber.Settings("ns", true, directory),
                name -> name.equals("ns") ? mine : new FakeKernel(),
                Clock.systemUTC());
    }

    private static NamespaceSnapshot done(CompletionStage<NamespaceSnapshot> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void fails(CompletionStage<NamespaceSnapshot> stage, Class<? extends Exception> with, String text) {
        assertThat(stage.toCompletableFuture())
                .failsWithin(SOON)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(with)
                .withMessageContaining(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, unspecified",
        "::, unspecified",
        "127.0.0.1, loopback",
        "::1, loopback",
        "224.0.0.1, multicast",
        "ff02::1, multicast",
        "169.254.1.1, link-local",
        "fe80::1, link-local",
        "255.255.255.255, broadcast",
        "::ffff:203.0.113.10, IPv4-mapped",
        "0.1.2.3, this network"
    })
    void plug_ofWhatCantBeAVip_isRefusedNamingItAndKeepsNothing(String address, String rule) {
        IpAddress vip = IpAddress.parse(address);
        fails(plumber.plug("ns", vip), IllegalArgumentException.class, "VIP " + vip + " is ");
        fails(plumber.plug("ns", vip), IllegalArgumentException.class, rule);
        assertThat(plumber.snapshots()).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void plug_inWhatCantBeANamespace_isRefused() {
        fails(plumber.plug("../x", A), IllegalArgumentException.class, "\"../x\"");
        assertThat(plumber.snapshots()).isEmpty();
    }

    @Test
    void refusedVip_namesObjectOperationAndErrnoAndIsTriedAgainEverMoreSlowly() throws Exception {
        kernel.refusal = "203.0.113.10/32";
        fails(plumber.plug("ns", A), NetnsException.class, "add 203.0.113.10/32 to lo in ns: EPERM");
        assertThat(plumber.snapshot("ns").state()).isEqualTo(NamespaceState.FAILED);
        assertThat(plumber.snapshot("ns").vips())
                .singleElement()
                .satisfies(vip -> assertThat(vip.error()).hasMessageEndingWith("EPERM"))
                .satisfies(vip -> assertThat(vip.wanted()).isTrue());

        List<Long> pauses = new ArrayList<>();
        long first = kernel.nextPause().toMillis();
        // The worker may have had time to look before it was asked for anything, and all was well then.
        pauses.add(first == 30_000 ? kernel.nextPause().toMillis() : first);
        while (pauses.get(pauses.size() - 1) < 30_000) {
            kernel.elapse();
            pauses.add(kernel.nextPause().toMillis());
        }
        assertThat(pauses).containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 12_800L, 25_600L, 30_000L);

        kernel.refusal = "";
        kernel.elapse();
        NetnsFixture.await(SOON, () -> plumber.snapshot("ns").onLo(A), () -> plumber.snapshots());
        NamespaceSnapshot mended = plumber.snapshot("ns");
        assertThat(mended.vip(A).orElseThrow().error()).isNull();
        assertThat(mended.state()).isEqualTo(NamespaceState.READY);
    }

    @Test
    void refusedSetting_isReportedButKeepsNoVipFromItsPlace() throws Exception {
        kernel.refusal = "arp_ignore";
        NamespaceSnapshot plugged = done(plumber.plug("ns", A));
        assertThat(plugged.onLo(A)).isTrue();
        assertThat(plugged.state()).isEqualTo(NamespaceState.FAILED);
        assertThat(plugged.error()).hasMessage("set net/ipv4/conf/all/arp_ignore to 1 in ns: EPERM");
    }

    @Test
    void refusedRemoval_keepsTheVipAsLeavingUntilItHasLeft() throws Exception {
        done(plumber.plug("ns", A));
        kernel.refusal = "remove";
        fails(plumber.unplug("ns", A), NetnsException.class, "remove 203.0.113.10/32 from lo in ns: EPERM");
        assertThat(plumber.snapshot("ns").vips())
                .singleElement()
                .satisfies(vip -> assertThat(vip.wanted()).isFalse());
        assertThat(new PlugFile(directory, "ns").load().leaving()).containsExactly(A);

        kernel.refusal = "";
        assertThat(done(plumber.unplug("ns", A)).vips()).isEmpty();
        assertThat(new PlugFile(directory, "ns").load()).isEqualTo(PlugState.empty());
    }

    @Test
    void namespaceThatCantBeReadAnyMore_countsAsServingNothing() throws Exception {
        LinkedBlockingQueue<VipEvent> events = new LinkedBlockingQueue<>();
        plumber.listen(events::add);
        done(plumber.plug("ns", A));
        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo(new VipEvent("ns", A, true));
        kernel.unreadable = true;
        kernel.elapse();
        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo(new VipEvent("ns", A, false));
        fails(plumber.unplug("ns", A), NetnsException.class, "remove 203.0.113.10/32 from lo in ns: EPERM");
    }

    @Test
    void listener_thatFails_keepsTheOthersInformed() throws Exception {
        LinkedBlockingQueue<VipEvent> events = new LinkedBlockingQueue<>();
        AutoCloseable failing = plumber.listen(event -> {
            throw new IllegalStateException("on purpose");
        });
        AutoCloseable ended = plumber.listen(events::add);
        ended.close();
        plumber.listen(events::add);
        done(plumber.plug("ns", A));
        done(plumber.unplug("ns", A));
        failing.close();
        assertThat(events).containsExactly(new VipEvent("ns", A, true), new VipEvent("ns", A, false));
    }

    @Test
    void plugAndUnplugOfOneVip_askedForAtOnce_areDoneInTheirOrder() throws Exception {
        List<CompletionStage<NamespaceSnapshot>> stages = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            stages.add(plumber.plug("ns", A));
            stages.add(plumber.unplug("ns", A));
        }
        for (int i = 0; i < stages.size(); i++) {
            assertThat(done(stages.get(i)).onLo(A)).isEqualTo(i % 2 == 0);
        }
        assertThat(plumber.snapshot("ns").driftRepaired()).isZero();
    }

    @Test
    void kernelThatTakesLongInOneNamespace_delaysNoOtherAndNoCaller() throws Exception {
        kernel.open = new CountDownLatch(1);
        CompletionStage<NamespaceSnapshot> slow = plumber.plug("ns", A);
        assertThat(done(plumber.plug("other", A)).onLo(A)).isTrue();
        assertThat(plumber.snapshots()).hasSize(2);
        assertThat(slow.toCompletableFuture()).isNotDone();
        kernel.open.countDown();
        assertThat(done(slow).onLo(A)).isTrue();
    }

    @Test
    void plugState_isOnDiskBeforeTheAnswerAndComesBack() throws Exception {
        done(plumber.plug("ns", A));
        done(plumber.plug("ns", B));
        done(plumber.plug("other", A));
        assertThat(directory.resolve("ns.vips")).content().endsWith("wanted 203.0.113.10\nwanted 2001:db8::10\n");
        plumber.close();

        restart();
        NetnsFixture.await(SOON, () -> plumber.snapshot("ns").onLo(B), () -> plumber.snapshots());
        assertThat(plumber.snapshots()).extracting("namespace").containsExactly("ns", "other");
    }

    private static final MacAddress MAC = MacAddress.parse("fa:16:3e:00:00:01");
    private static final InterfaceNetwork NET = InterfaceNetwork.of(IpAddress.parse("10.20.0.11"), 24, null);

    private static Link at(int index, String name, MacAddress mac) {
        return new Link(index, name, false, false, mac.text(), 1500);
    }

    private static NetworkPlug network(MacAddress mac) {
        return new NetworkPlug(mac, 0, List.of(), List.of());
    }

    @Test
    void interfaces_areOnDiskBeforeTheAnswerAndComeBackAsTheyWere() throws Exception {
        kernel.home.add(at(7, "ens7", MAC));
        FrontEndPlug plug = new FrontEndPlug(
                MAC,
                1450,
                List.of(
                        NET,
                        new InterfaceNetwork(
                                IpPrefix.parse("2001:db8:20::/64"), null, IpAddress.parse("2001:db8:20::1"))),
                List.of(new HostRoute(IpPrefix.parse("198.51.100.0/24"), IpAddress.parse("10.20.0.2"))),
                Set.of(A));
        PluggedInterface plugged =
                plumber.plugFrontEnd("ns", plug).toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(plugged.snapshot().onLo(A)).isTrue();
        assertThat(directory.resolve("ns.vips")).content().endsWith("""
                        wanted 203.0.113.10
                        interface fa:16:3e:00:00:01 eth1 1450
                        network fa:16:3e:00:00:01 10.20.0.0/24 10.20.0.11 -
                        network fa:16:3e:00:00:01 2001:db8:20::/64 - 2001:db8:20::1
                        route fa:16:3e:00:00:01 198.51.100.0/24 10.20.0.2
                        """);
        plumber.close();

        restart();
        NetnsFixture.await(
                SOON, () -> plumber.snapshot("ns").state() == NamespaceState.INCOMPLETE, () -> plumber.snapshots());
        assertThat(plumber.snapshot("ns").frontEnd().orElseThrow().wanted())
                .isEqualTo(plugged.snapshot().frontEnd().orElseThrow().wanted());
        kernel.home.add(at(8, "ens8", MAC));
        kernel.elapse();
        NetnsFixture.await(
                SOON, () -> plumber.snapshot("ns").state() == NamespaceState.READY, () -> plumber.snapshots());
    }

    @Test
    void networks_takeTheFirstFreeNameAndThatOfOneThatWentAway() throws Exception {
        List<MacAddress> macs = new ArrayList<>();
        for (int i = 2; i < 5; i++) {
            macs.add(MacAddress.parse("fa:16:3e:00:00:0" + i));
            kernel.home.add(at(i + 10, "ens" + i, macs.get(i - 2)));
        }
        List<String> names = new ArrayList<>();
        for (MacAddress mac : macs.subList(0, 2)) {
            names.add(plumber.plugNetwork("ns", network(mac))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS)
                    .name());
        }
        kernel.links.removeIf(link -> link.has(macs.get(0)));
        kernel.elapse();
        NetnsFixture.await(
                SOON, () -> plumber.snapshot("ns").state() == NamespaceState.INCOMPLETE, () -> plumber.snapshots());
        PluggedInterface third = plumber.plugNetwork("ns", network(macs.get(2)))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        names.add(third.name());
        assertThat(names).containsExactly("eth2", "eth3", "eth2");
        assertThat(third.snapshot().interfaces())
                .extracting(status -> status.mac())
                .containsExactly(macs.get(1), macs.get(2));
    }

    @Test
    void network_ofAMacThatOnlyHadAWishBeforeTheStart_keepsItsName() throws Exception {
        Files.writeString(directory.resolve("ns.vips"), "interface fa:16:3e:00:00:02 eth2 0\n");
        plumber.close();
        restart();
        kernel.home.add(at(7, "ens7", MAC));
        assertThat(plumber.plugNetwork("ns", network(MAC))
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS)
                        .name())
                .as("eth2 may still come")
                .isEqualTo("eth3");
    }

    @Test
    void refusedInterface_staysWantedNamesWhatWasRefusedAndIsToldWhenItWorks() throws Exception {
        LinkedBlockingQueue<InterfaceEvent> events = new LinkedBlockingQueue<>();
        plumber.listenInterfaces(events::add);
        kernel.home.add(at(7, "ens7", MAC));
        kernel.refusal = "10.20.0.11/24";
        assertThat(plumber.plugNetwork("ns", new NetworkPlug(MAC, 0, List.of(NET), List.of()))
                        .toCompletableFuture())
                .failsWithin(SOON)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("add 10.20.0.11/24 to eth2 in ns: EPERM");
        assertThat(events.poll(10, TimeUnit.SECONDS))
                .satisfies(event ->
                        assertThat(event.status().fault()).contains("interface eth2 lacks its address 10.20.0.11/24"));
        kernel.refusal = "";
        kernel.elapse();
        assertThat(events.poll(10, TimeUnit.SECONDS))
                .satisfies(event -> assertThat(event.status().fault()).isEmpty());
    }

    @Test
    void diskThatRefuses_failsThePlugOfAnInterfaceAndLeavesItAtHome() throws Exception {
        done(plumber.open("ns"));
        kernel.home.add(at(7, "ens7", MAC));
        Files.createDirectory(directory.resolve("ns.new")); // in the way of the fresh file
        assertThat(plumber.plugNetwork("ns", network(MAC)).toCompletableFuture())
                .failsWithin(SOON)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("ns.vips in ns: EISDIR");
        assertThat(kernel.home).hasSize(1);
        assertThat(plumber.snapshot("ns").interfaces()).isEmpty();
    }

    @Test
    void listening_isAnsweredWithoutALookAtEverything() throws Exception {
        done(plumber.open("ns"));
        kernel.sockets = Set.of(new ListeningSocket(A, 80, false));
        int operations = kernel.applied.size();
        assertThat(plumber.listening("ns").toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isEqualTo(kernel.sockets);
        assertThat(kernel.applied).hasSize(operations);
    }

    @Test
    void unreadablePlugState_isNamedWithItsLineAndNothingIsTouchedUntilItIsMended() throws Exception {
        Files.writeString(directory.resolve("ns.vips"), "# title\nwanted 203.0.113.300\n");
        fails(plumber.plug("ns", A), NetnsException.class, "line 2 is \"wanted 203.0.113.300\"");
        assertThat(kernel.applied).isEmpty();
        assertThat(plumber.snapshot("ns").error()).hasMessageContaining("ns.vips in ns: EBADMSG");

        Files.writeString(directory.resolve("ns.vips"), "wanted 203.0.113.30\n");
        assertThat(done(plumber.plug("ns", A)).vips()).hasSize(2);
    }

    @Test
    void diskThatRefuses_failsThePlugAndLeavesTheKernelAlone() throws Exception {
        done(plumber.open("ns"));
        Files.createDirectory(directory.resolve("ns.new")); // in the way of the fresh file
        fails(plumber.plug("ns", A), NetnsException.class, "ns.vips in ns: EISDIR");
        assertThat(plumber.snapshot("ns").vips()).isEmpty();
        assertThat(kernel.applied).noneMatch(operation -> operation.toString().contains("203.0.113.10"));

        Files.delete(directory.resolve("ns.new"));
        assertThat(done(plumber.plug("ns", A)).onLo(A)).isTrue();
    }

    @Test
    void stoppedService_answersThatItHasStopped() {
        plumber.close();
        fails(plumber.plug("ns", A), IllegalStateException.class, "stopped");
    }
}
