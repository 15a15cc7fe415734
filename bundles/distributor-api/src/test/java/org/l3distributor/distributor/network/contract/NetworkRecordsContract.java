// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.network.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.network.FixedIp;
import org.l3distributor.distributor.network.HostRoute;
import org.l3distributor.distributor.network.Network;
import org.l3distributor.distributor.network.NetworkQuery;
import org.l3distributor.distributor.network.NetworkRecords;
import org.l3distributor.distributor.network.Port;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

/** What every {@link NetworkRecords} must pass. */
public abstract class NetworkRecordsContract {
    private static final Network NETWORK = new Network("net-1", "front", 1500, false);
    private static final Subnet SUBNET = new Subnet(
            "sub-4",
            "net-1",
            "front-v4",
            IpPrefix.parse("192.0.2.0/24"),
            IpAddress.parse("192.0.2.1"),
            List.of(new HostRoute(IpPrefix.parse("198.51.100.0/24"), IpAddress.parse("192.0.2.254"))));
    private static final Subnet SUBNET6 =
            new Subnet("sub-6", "net-1", "", IpPrefix.parse("2001:db8::/64"), null, List.of());

    private NetworkRecords records;

    /** Empty records. */
    protected abstract NetworkRecords records() throws Exception;

    @BeforeEach
    void fill() throws Exception {
        records = records();
        assertThat(records.insert(NETWORK)).isTrue();
        assertThat(records.insert(SUBNET)).isTrue();
        assertThat(records.insert(SUBNET6)).isTrue();
    }

    @Test
    void whatWasInserted_isGivenAsItWas() throws Exception {
        Port port = new Port(
                "port-1",
                "vip-1",
                "net-1",
                "02:00:00:00:00:01",
                List.of(ip("sub-4", "192.0.2.10"), ip("sub-6", "2001:db8::10")),
                "lb-1");
        assertThat(records.insert(port)).isTrue();
        assertThat(records.networks()).containsExactly(NETWORK);
        assertThat(records.subnets()).containsExactlyInAnyOrder(SUBNET, SUBNET6);
        assertThat(records.port("port-1")).contains(port);
        assertThat(records.portNamed("vip-1")).contains(port);
        assertThat(records.ports(NetworkQuery.ALL)).containsExactly(port);
        assertThat(records.ports(new NetworkQuery(null, null, "net-2"))).isEmpty();
        assertThat(records.ports(new NetworkQuery(null, "vip-1", "net-1"))).containsExactly(port);
    }

    @Test
    void aPort_whoseIdNameMacOrAddressIsTaken_isNotInserted() throws Exception {
        assertThat(records.insert(port("1", "a", "02:00:00:00:00:01", "192.0.2.10")))
                .isTrue();
        assertThat(records.insert(port("1", "b", "02:00:00:00:00:02", "192.0.2.11")))
                .as("id")
                .isFalse();
        assertThat(records.insert(port("2", "a", "02:00:00:00:00:02", "192.0.2.11")))
                .as("name")
                .isFalse();
        assertThat(records.insert(port("2", "b", "02:00:00:00:00:01", "192.0.2.11")))
                .as("MAC")
                .isFalse();
        assertThat(records.insert(port("2", "b", "02:00:00:00:00:02", "192.0.2.10")))
                .as("address")
                .isFalse();
        assertThat(records.ports(NetworkQuery.ALL))
                .as("nothing was half inserted")
                .hasSize(1);
        assertThat(records.insert(port("2", "b", "02:00:00:00:00:02", "192.0.2.11")))
                .isTrue();
    }

    @Test
    void whatBelongsToNothing_isNotInserted() throws Exception {
        assertThat(records.insert(new Subnet("s", "net-9", "", IpPrefix.parse("10.0.0.0/8"), null, List.of())))
                .isFalse();
        assertThat(records.insert(
                        new Port("p", "p", "net-9", "02:00:00:00:00:01", List.of(ip("sub-4", "192.0.2.9")), "x")))
                .isFalse();
        assertThat(records.insert(
                        new Port("p", "p", "net-1", "02:00:00:00:00:01", List.of(ip("sub-9", "192.0.2.9")), "x")))
                .isFalse();
        assertThat(records.ports(NetworkQuery.ALL)).isEmpty();
    }

    @Test
    void whatSomethingBelongsTo_isNotRemoved() throws Exception {
        assertThat(records.insert(port("1", "a", "02:00:00:00:00:01", "192.0.2.10")))
                .isTrue();
        assertThat(records.removeSubnet("sub-4")).isFalse();
        assertThat(records.removeNetwork("net-1")).isFalse();
        assertThat(records.removePort("1")).isTrue();
        assertThat(records.removePort("1")).isFalse();
        assertThat(records.removeSubnet("sub-4")).isTrue();
        assertThat(records.removeSubnet("sub-6")).isTrue();
        assertThat(records.removeNetwork("net-1")).isTrue();
        assertThat(records.removeNetwork("net-1")).isFalse();
    }

    @Test
    void oneAddress_fromEightThreadsAtOnce_isGivenToOne() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Port port = port("p" + i, "n" + i, "02:00:00:00:00:1" + i, "192.0.2.10");
                calls.add(() -> records.insert(port));
            }
            int inserted = 0;
            for (Future<Boolean> answer : threads.invokeAll(calls)) {
                inserted += answer.get() ? 1 : 0;
            }
            assertThat(inserted).isEqualTo(1);
            assertThat(records.ports(NetworkQuery.ALL)).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Port port(String id, String name, String mac, String address) {
        return new Port(id, name, "net-1", mac, List.of(ip("sub-4", address)), "owner");
    }

    private static FixedIp ip(String subnet, String address) {
        return new FixedIp(subnet, IpAddress.parse(address));
    }
}
