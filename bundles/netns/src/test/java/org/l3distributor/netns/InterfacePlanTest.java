// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.netns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

class InterfacePlanTest {
    private static final MacAddress MAC = MacAddress.parse("fa:16:3e:00:00:01");
    private static final MacAddress OTHER = MacAddress.parse("fa:16:3e:00:00:02");
    private static final IpAddress VIP = IpAddress.parse("203.0.113.10");
    private static final IpAddress VIP6 = IpAddress.parse("2001:db8::10");

    private static final InterfaceDescription FRONT = new InterfaceDescription(
            MAC,
            "eth1",
            1450,
            List.of(network("10.20.0.11", 24, "10.20.0.1"), network("2001:db8:20::11", 64, "2001:db8:20::1")),
            List.of(route("198.51.100.0/24", "10.20.0.2")));
    private static final InterfaceDescription BACK = new InterfaceDescription(
            OTHER,
            "eth2",
            0,
            List.of(network("10.77.0.21", 24, "10.77.0.1")),
            List.of(route("10.78.0.0/16", "10.77.0.2")));

    private static InterfaceNetwork network(String address, int length, String gateway) {
        return InterfaceNetwork.of(IpAddress.parse(address), length, IpAddress.parse(gateway));
    }

    private static HostRoute route(String destination, String nextHop) {
        return new HostRoute(IpPrefix.parse(destination), IpAddress.parse(nextHop));
    }

    /** A namespace that grows by what is done to it, as the kernel's does. */
    private static final class Space {
        final List<Link> links = new ArrayList<>(List.of(new Link(1, "lo", true, true, null, 65536)));
        final List<LinkAddress> addresses = new ArrayList<>();
        final List<Route> routes = new ArrayList<>();
        final List<SourceRule> rules = new ArrayList<>();
        final List<Link> home = new ArrayList<>();

        ActualNamespace actual() {
            Map<String, String> sysctls = new HashMap<>();
            NetnsPlan.sysctls(links).forEach(one -> sysctls.put(one.path(), one.value()));
            return new ActualNamespace(links, addresses, routes, rules, sysctls, home);
        }

        Space with(Link... more) {
            links.addAll(List.of(more));
            return this;
        }
    }

    private static Link link(int index, String name, MacAddress mac) {
        return new Link(index, name, true, true, mac.text(), 1450);
    }

    /** Front and back end as they should be. */
    private static Space complete() {
        Space space = new Space().with(link(3, "eth1", MAC), link(4, "eth2", OTHER));
        space.addresses.add(new LinkAddress(1, VIP, 32));
        space.addresses.add(new LinkAddress(3, IpAddress.parse("10.20.0.11"), 24));
        space.addresses.add(new LinkAddress(3, IpAddress.parse("2001:db8:20::11"), 64));
        space.addresses.add(new LinkAddress(4, IpAddress.parse("10.77.0.21"), 24));
        for (int table : new int[] {Route.MAIN, Route.ANSWERS}) {
            space.routes.add(ours(table, "0.0.0.0/0", "10.20.0.1", 3));
            space.routes.add(ours(table, "::/0", "2001:db8:20::1", 3));
            space.routes.add(ours(table, "198.51.100.0/24", "10.20.0.2", 3));
        }
        space.routes.add(ours(Route.ANSWERS, "10.20.0.0/24", "", 3));
        space.routes.add(ours(Route.ANSWERS, "2001:db8:20::/64", "", 3));
        space.routes.add(ours(Route.MAIN, "10.78.0.0/16", "10.77.0.2", 4));
        space.rules.add(new SourceRule(VIP, Route.ANSWERS, Route.OURS));
        return space;
    }

    private static Route ours(int table, String destination, String gateway, int link) {
        return Route.ours(
                table, IpPrefix.parse(destination), gateway.isEmpty() ? null : IpAddress.parse(gateway), link);
    }

    private static NetnsPlan diff(Space space, Set<IpAddress> vips, InterfaceDescription... interfaces) {
        Set<Owned.Address> owned = Stream.of(FRONT, BACK)
                .flatMap(one -> one.addresses(0).stream()
                        .map(address -> new Owned.Address(one.mac(), address.address(), address.prefixLength())))
                .collect(Collectors.toSet());
        return NetnsPlan.diff(
                new NamespaceDescription("ns", true, vips, List.of(interfaces)),
                space.actual(),
                new Owned(Set.of(VIP, VIP6), owned));
    }

    private static String words(NetnsPlan plan) {
        return plan.operations().stream().map(Object::toString).collect(Collectors.joining("; "));
    }

    @Test
    void diff_ofWhatIsComplete_isEmpty() {
        NetnsPlan plan = diff(complete(), Set.of(VIP), FRONT, BACK);
        assertThat(words(plan)).isEmpty();
        assertThat(plan.missing()).isEmpty();
        assertThat(plan.satisfied())
                .contains(new NetnsOperation.AddRule(VIP), new NetnsOperation.SetMtu(3, "eth1", 1450));
    }

    @Test
    void diff_ofAnInterfaceAtHome_movesItAndNothingElseYet() {
        Space space = new Space();
        space.addresses.add(new LinkAddress(1, VIP, 32));
        space.home.add(new Link(9, "ens7", false, false, MAC.text(), 1500));
        assertThat(words(diff(space, Set.of(VIP), FRONT)))
                .isEqualTo("move ens7 in as eth1; add rule from 203.0.113.10/32 lookup 1");
    }

    @Test
    void diff_ofAFreshFrontEnd_readiesItBeforeTheVipComes() {
        Space space = new Space().with(new Link(3, "eth1", false, false, MAC.text(), 1500));
        assertThat(diff(space, Set.of(VIP), FRONT).operations())
                .extracting(Object::toString)
                .containsExactly(
                        "set mtu 1450 of eth1",
                        "set eth1 up",
                        "add 10.20.0.11/24 to eth1",
                        "add 2001:db8:20::11/64 to eth1",
                        "add route default via 10.20.0.1 dev eth1",
                        "add route default via 2001:db8:20::1 dev eth1",
                        "add route 198.51.100.0/24 via 10.20.0.2 dev eth1",
                        "add route 10.20.0.0/24 table 1 dev eth1",
                        "add route 2001:db8:20::/64 table 1 dev eth1",
                        "add route default via 10.20.0.1 table 1 dev eth1",
                        "add route default via 2001:db8:20::1 table 1 dev eth1",
                        "add route 198.51.100.0/24 via 10.20.0.2 table 1 dev eth1",
                        "add rule from 203.0.113.10/32 lookup 1",
                        "add 203.0.113.10/32 to lo");
    }

    @Test
    void diff_ofTwoInterfacesAtHomeWithTheMac_movesNeither() {
        Space space = new Space();
        space.home.add(link(9, "ens7", MAC));
        space.home.add(link(10, "ens7.100", MAC));
        NetnsPlan plan = diff(space, Set.of(), FRONT);
        assertThat(words(plan)).isEmpty();
        assertThat(plan.ambiguous()).containsExactly(MAC);
    }

    @Test
    void diff_ofAnInterfaceThatIsNowhere_saysSoAndKeepsTheRest() {
        Space space = complete();
        space.links.removeIf(link -> link.has(OTHER));
        space.addresses.removeIf(address -> address.link() == 4);
        space.routes.removeIf(route -> route.link() == 4);
        NetnsPlan plan = diff(space, Set.of(VIP), FRONT, BACK);
        assertThat(words(plan)).isEmpty();
        assertThat(plan.missing()).containsExactly(OTHER);
    }

    /** What changed in a complete namespace, and what is to be done about it. */
    static Stream<Arguments> drifts() {
        return Stream.of(
                arguments("address gone", remove("address 10.20.0.11"), "add 10.20.0.11/24 to eth1"),
                arguments(
                        "default route gone",
                        remove("route 254 0.0.0.0/0"),
                        "add route default via 10.20.0.1 dev eth1"),
                arguments("rule gone", remove("rule"), "add rule from 203.0.113.10/32 lookup 1"),
                arguments("another name", rename("eth1", "enp3s0"), "rename enp3s0 to eth1"),
                arguments(
                        "a foreign address, route and rule",
                        (Change) space -> {
                            space.addresses.add(new LinkAddress(3, IpAddress.parse("10.99.0.1"), 24));
                            space.routes.add(new Route(
                                    Route.MAIN, IpPrefix.parse("192.0.2.0/24"), IpAddress.parse("10.20.0.9"), 3, 0, 3));
                            space.rules.add(new SourceRule(IpAddress.parse("192.0.2.1"), Route.ANSWERS, 3));
                        },
                        ""),
                arguments(
                        "a route of ours that nobody wants",
                        (Change) space -> space.routes.add(ours(Route.MAIN, "192.0.2.0/24", "10.20.0.9", 3)),
                        "remove route 192.0.2.0/24 via 10.20.0.9 dev eth1"),
                arguments(
                        "a rule of ours that nobody wants",
                        (Change) space -> space.rules.add(new SourceRule(VIP6, Route.ANSWERS, Route.OURS)),
                        "remove rule from 2001:db8::10/128 lookup 1"),
                arguments(
                        "a gateway of ours that is another one now",
                        (Change) space -> space.routes.replaceAll(route -> route.sameKey(ours(254, "0.0.0.0/0", "", 3))
                                ? ours(254, "0.0.0.0/0", "10.20.0.99", 3)
                                : route),
                        "replace route default via 10.20.0.1 dev eth1"),
                arguments(
                        "somebody else's route that leads the same way",
                        (Change) space -> space.routes.replaceAll(route -> new Route(
                                route.table(), route.destination(), route.gateway(), route.link(), route.metric(), 3)),
                        ""));
    }

    private interface Change {
        void in(Space space);
    }

    private static Change remove(String what) {
        return space -> {
            space.addresses.removeIf(one -> what.equals("address " + one.address()));
            space.routes.removeIf(one -> what.equals("route " + one.table() + " " + one.destination()));
            space.rules.removeIf(one -> what.equals("rule"));
        };
    }

    private static Change rename(String from, String to) {
        return space -> {
            space.links.replaceAll(link -> link.name().equals(from) ? link(link.index(), to, MAC) : link);
            space.addresses.removeIf(address -> address.link() == 3); // the kernel takes them with it when it goes down
            space.routes.removeIf(route -> route.link() == 3);
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("drifts")
    void diff_ofDrift_touchesOnlyWhatDiffersAndIsOurs(String title, Change change, String operations) {
        Space space = complete();
        change.in(space);
        assertThat(words(diff(space, Set.of(VIP), FRONT, BACK))).isEqualTo(operations);
    }

    @Test
    void diff_afterAnUpdate_addsBeforeItRemovesButForIpv6LengthsWhereItCannot() {
        InterfaceDescription updated = new InterfaceDescription(
                MAC,
                "eth1",
                0,
                List.of(network("10.20.0.12", 24, "10.20.0.1"), network("2001:db8:20::11", 48, "2001:db8:20::1")),
                List.of());
        assertThat(diff(complete(), Set.of(VIP), updated, BACK).operations())
                .extracting(Object::toString)
                .containsExactly(
                        "add 10.20.0.12/24 to eth1",
                        "remove 2001:db8:20::11/64 from eth1",
                        "add 2001:db8:20::11/48 to eth1",
                        "add route 2001:db8:20::/48 table 1 dev eth1",
                        "remove route 198.51.100.0/24 via 10.20.0.2 dev eth1",
                        "remove route 198.51.100.0/24 via 10.20.0.2 table 1 dev eth1",
                        "remove route 2001:db8:20::/64 table 1 dev eth1",
                        "remove 10.20.0.11/24 from eth1");
    }

    @Test
    void diff_ofAnIpv6SubnetWithoutAnAddress_makesItsWayByItself() {
        InterfaceDescription bare = new InterfaceDescription(
                MAC,
                "eth1",
                0,
                List.of(new InterfaceNetwork(
                        IpPrefix.parse("2001:db8:20::/64"), null, IpAddress.parse("2001:db8:20::1"))),
                List.of());
        assertThat(words(diff(new Space().with(link(3, "eth1", MAC)), Set.of(), bare)))
                .isEqualTo("add route 2001:db8:20::/64 dev eth1; add route default via 2001:db8:20::1 dev eth1; add"
                        + " route 2001:db8:20::/64 table 1 dev eth1; add route default via 2001:db8:20::1 table 1 dev"
                        + " eth1");
    }

    @Test
    void diff_withoutAFrontEnd_needsNoRules() {
        Space space = complete();
        space.routes.removeIf(route -> route.link() == 3);
        assertThat(words(diff(space, Set.of(VIP), BACK)))
                .isEqualTo("remove rule from 203.0.113.10/32 lookup 1; remove 10.20.0.11/24 from eth1;"
                        + " remove 2001:db8:20::11/64 from eth1");
    }

    @ParameterizedTest
    @CsvSource({
        "10.20.0.0/24, , , needs an address",
        "10.20.0.0/24, 10.21.0.1, , not that of a host",
        "0.0.0.0/0, 127.0.0.1, , not that of a host",
        "10.20.0.0/24, 10.20.0.11, 10.20.0.11, can't be the router",
        "10.20.0.0/24, 10.20.0.11, 2001:db8::1, can't be the router",
        "2001:db8::/64, , ff02::1, can't be the router"
    })
    void network_thatCantBe_isRefusedNamingIt(String subnet, String address, String gateway, String why) {
        assertThatThrownBy(() -> new InterfaceNetwork(
                        IpPrefix.parse(subnet),
                        address == null ? null : IpAddress.parse(address),
                        gateway == null ? null : IpAddress.parse(gateway)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void macAddress_isReadInAnyCaseAndRefusedWhenItIsNoInterfaces() {
        assertThat(MacAddress.parse("FA-16-3E-00-00-01")).isEqualTo(MAC);
        for (String bad :
                List.of("", "fa:16:3e:00:00", "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:01")) {
            assertThatThrownBy(() -> MacAddress.parse(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"" + bad + "\"");
        }
    }
}
