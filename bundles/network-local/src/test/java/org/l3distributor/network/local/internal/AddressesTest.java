// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.network.local.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.1, 192.0.2.2",
        "192.0.2.0/24, 192.0.2.254, 192.0.2.1",
        "192.0.2.0/31, , 192.0.2.0",
        "192.0.2.7/32, , 192.0.2.7",
        "2001:db8::/64, 2001:db8::1, 2001:db8::2",
        "2001:db8::/127, , 2001:db8::",
        "255.255.255.252/30, , 255.255.255.253"
    })
    void firstFree_ofAnEmptySubnet_isTheLowestThatAHostMayHave(String cidr, String gateway, String first) {
        assertThat(Addresses.firstFree(subnet(cidr, gateway), Set.of())).contains(IpAddress.parse(first));
    }

    @Test
    void firstFree_whenAllHostsAreThere_isNone() {
        Set<IpAddress> taken = new HashSet<>();
        Subnet subnet = subnet("192.0.2.0/29", "192.0.2.6");
        for (int host = 1; host <= 5; host++) {
            Optional<IpAddress> free = Addresses.firstFree(subnet, taken);
            assertThat(free).contains(IpAddress.parse("192.0.2." + host));
            taken.add(free.orElseThrow());
        }
        assertThat(Addresses.firstFree(subnet, taken)).isEmpty();
    }

    @Test
    void firstFree_atTheEndOfTheAddressSpace_ends() {
        Set<IpAddress> taken = Set.of(IpAddress.parse("255.255.255.255"));
        assertThat(Addresses.firstFree(subnet("255.255.255.255/32", null), taken))
                .isEmpty();
    }

    @Test
    void firstFree_overTheEdgeOfALowHalf_goesOn() {
        Subnet subnet = subnet("2001:db8::ffff:ffff:ffff:fffe/127", null);
        Set<IpAddress> taken = Set.of(IpAddress.parse("2001:db8::ffff:ffff:ffff:fffe"));
        assertThat(Addresses.firstFree(subnet, taken)).contains(IpAddress.parse("2001:db8::ffff:ffff:ffff:ffff"));
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.1, is not in subnet 192.0.2.0/24",
        "192.0.2.0, is the network address of subnet 192.0.2.0/24",
        "192.0.2.255, is the broadcast address of subnet 192.0.2.0/24",
        "192.0.2.1, is the gateway of subnet 192.0.2.0/24",
        "2001:db8::1, is not in subnet 192.0.2.0/24"
    })
    void fault_ofAnAddressThatNoHostMayHave_saysWhy(String address, String fault) {
        assertThat(Addresses.fault(subnet("192.0.2.0/24", "192.0.2.1"), IpAddress.parse(address)))
                .isEqualTo(fault);
    }

    private static Subnet subnet(String cidr, String gateway) {
        return new Subnet(
                "s", "n", "", IpPrefix.parse(cidr), gateway == null ? null : IpAddress.parse(gateway), List.of());
    }
}
