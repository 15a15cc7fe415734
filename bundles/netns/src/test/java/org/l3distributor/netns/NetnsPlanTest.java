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
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.l3distributor.net.IpAddress;

class NetnsPlanTest {
    private static final String A = "203.0.113.10";
    private static final String B = "203.0.113.11";
    private static final String C = "2001:db8::10";

    /** Text after text: what lo has, what is wanted, what is owned, what is to be done. */
    static Stream<Arguments> cases() {
        return Stream.of(
                arguments("nothing at all", "", "", "", ""),
                arguments("a new VIP", "", A, A, "add " + A + "/32 to lo"),
                arguments("a new IPv6 VIP", "", C, C, "add " + C + "/128 to lo"),
                arguments("it is there", A + "/32", A, A, ""),
                arguments("drift", A + "/32", A + " " + C, A + " " + C, "add " + C + "/128 to lo"),
                arguments("leaving", A + "/32", "", A, "remove " + A + "/32 from lo"),
                arguments("left already", "", "", A, ""),
                arguments("foreign", A + "/32 127.0.0.1/8 ::1/128", "", "", ""),
                arguments("foreign beside ours", A + "/32 " + B + "/32", A, A, ""),
                arguments("wanted in another length", A + "/24", A, A, ""),
                arguments("leaving, but only a foreign one of another length is there", A + "/24", "", A, ""),
                arguments("leaving beside a foreign one", A + "/24 " + A + "/32", "", A, "remove " + A + "/32 from lo"),
                arguments(
                        "a swap adds before it removes",
                        A + "/32",
                        B,
                        A + " " + B,
                        "add " + B + "/32 to lo; remove " + A + "/32 from lo"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void diff_ofAConfiguredNamespace_changesOnlyWhatIsOursAndDiffers(
            String title, String has, String wanted, String owned, String operations) {
        ActualNamespace actual = configured(has);
        NetnsPlan plan =
                NetnsPlan.diff(new NamespaceDescription("ns", true, vips(wanted), List.of()), actual, owned(owned));
        assertThat(plan.operations().stream().map(Object::toString).collect(Collectors.joining("; ")))
                .isEqualTo(operations);
    }

    @Test
    void diff_ofAFreshNamespace_silencesTheWiresBeforeTheVipComes() {
        ActualNamespace actual = new ActualNamespace(
                List.of(lo(false), eth1()),
                List.of(),
                List.of(),
                List.of(),
                Map.of(
                        "net/ipv6/bindv6only", "0",
                        "net/ipv6/conf/default/accept_ra", "1",
                        "net/ipv6/conf/eth1/accept_ra", "1"),
                List.of());
        NetnsPlan plan = NetnsPlan.diff(new NamespaceDescription("ns", true, vips(A), List.of()), actual, owned(A));
        assertThat(plan.operations())
                .extracting(Object::toString)
                .containsExactly(
                        "set lo up",
                        "set net/ipv4/conf/all/arp_ignore to 1",
                        "set net/ipv4/conf/all/arp_announce to 2",
                        "set net/ipv4/conf/all/promote_secondaries to 1",
                        "set net/ipv4/ping_group_range to 0\t65534",
                        "set net/ipv6/bindv6only to 1",
                        "set net/ipv6/conf/default/accept_ra to 0",
                        "set net/ipv4/conf/eth1/arp_ignore to 1",
                        "set net/ipv4/conf/eth1/arp_announce to 2",
                        "set net/ipv6/conf/eth1/accept_ra to 0",
                        "add 203.0.113.10/32 to lo");
        assertThat(plan.satisfied()).isEmpty();
    }

    @Test
    void diff_onAKernelWithoutIpv6_asksForNoneOfItsSettings() {
        ActualNamespace actual = actual(List.of(lo(true), eth1()), List.of(), Map.of());
        assertThat(NetnsPlan.diff(new NamespaceDescription("ns", true, Set.of(), List.of()), actual, owned(""))
                        .operations())
                .isNotEmpty()
                .extracting(Object::toString)
                .noneMatch(operation -> operation.contains("ipv6"));
    }

    @Test
    void diff_ofAnAddressOnAnotherLink_stillPutsItOnLo() {
        ActualNamespace configured = configured("");
        ActualNamespace actual =
                actual(configured.links(), List.of(new LinkAddress(2, IpAddress.parse(A), 32)), configured.sysctls());
        assertThat(NetnsPlan.diff(new NamespaceDescription("ns", true, vips(A), List.of()), actual, owned(A))
                        .operations())
                .containsExactly(new NetnsOperation.AddVip(IpAddress.parse(A)));
    }

    @Test
    void serves_whileLoIsDown_isFalse() {
        IpAddress vip = IpAddress.parse(A);
        List<LinkAddress> addresses = List.of(new LinkAddress(1, vip, 32));
        assertThat(actual(List.of(lo(false)), addresses, Map.of()).serves(vip)).isFalse();
        assertThat(actual(List.of(lo(true)), addresses, Map.of()).serves(vip)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../etc", "a/b", "-x", "a b", "a\n"})
    void description_withANameThatIsNoFileName_isRefused(String name) {
        assertThatThrownBy(() -> new NamespaceDescription(name, true, Set.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + name + "\"");
    }

    private static Link lo(boolean up) {
        return new Link(1, "lo", up, up, null, 65536);
    }

    private static Link eth1() {
        return new Link(2, "eth1", true, true, "02:00:00:00:00:01", 1500);
    }

    private static ActualNamespace configured(String addresses) {
        List<LinkAddress> on = new ArrayList<>();
        for (String one : words(addresses)) {
            String[] parts = one.split("/");
            on.add(new LinkAddress(1, IpAddress.parse(parts[0]), Integer.parseInt(parts[1])));
        }
        List<Link> links = List.of(lo(true), eth1());
        Map<String, String> sysctls = new HashMap<>();
        NetnsPlan.sysctls(links).forEach(sysctl -> sysctls.put(sysctl.path(), sysctl.value()));
        return actual(links, on, sysctls);
    }

    private static ActualNamespace actual(List<Link> links, List<LinkAddress> addresses, Map<String, String> sysctls) {
        return new ActualNamespace(links, addresses, List.of(), List.of(), sysctls, List.of());
    }

    private static Owned owned(String text) {
        return new Owned(vips(text), Set.of());
    }

    private static Set<IpAddress> vips(String text) {
        return words(text).stream().map(IpAddress::parse).collect(Collectors.toSet());
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
