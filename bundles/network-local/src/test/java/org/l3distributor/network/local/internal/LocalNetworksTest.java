// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.network.local.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.network.FixedIp;
import org.l3distributor.distributor.network.Network;
import org.l3distributor.distributor.network.NetworkQuery;
import org.l3distributor.distributor.network.NetworkRecords;
import org.l3distributor.distributor.network.Port;
import org.l3distributor.distributor.network.Subnet;
import org.l3distributor.distributor.network.contract.MemoryNetworks;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

class LocalNetworksTest {
    private final MemoryNetworks records = new MemoryNetworks();
    private final StoreThread thread = new StoreThread();
    private final LocalNetworks networks = new LocalNetworks(records, thread, UUID::randomUUID);

    @BeforeEach
    void makeNetworks() throws Exception {
        done(networks.create(new Network("net", "front", 1500, true)));
        done(networks.create(subnet("six", "2001:db8::/64", null)));
        done(networks.create(subnet("four", "192.0.2.0/28", "192.0.2.1")));
    }

    @AfterEach
    void end() {
        thread.close();
    }

    @Test
    void allocateVip_withoutSubnetOrAddress_takesTheFirstOfIpv4() throws Exception {
        Port port = done(networks.allocateVip("vip-1", "net", null, null, "lb-1"));
        assertThat(port.addresses()).containsExactly(new FixedIp("four", IpAddress.parse("192.0.2.2")));
        assertThat(port.mac()).matches("02(:[0-9a-f]{2}){5}");
        assertThat(port.owner()).isEqualTo("lb-1");
    }

    @Test
    void allocateVip_withAnAddressOnly_findsItsSubnet() throws Exception {
        Port port = done(networks.allocateVip("vip-1", "net", null, IpAddress.parse("2001:db8::99"), "lb-1"));
        assertThat(port.addresses()).containsExactly(new FixedIp("six", IpAddress.parse("2001:db8::99")));
    }

    @Test
    void aCall_thatIsRepeated_findsWhatTheFirstOneMade() throws Exception {
        Port first = done(networks.createPort("amp-1-frontend", "net", List.of("four"), "amp-1"));
        assertThat(done(networks.createPort("amp-1-frontend", "net", List.of("four"), "amp-1")))
                .isEqualTo(first);
        assertThat(done(networks.ports(NetworkQuery.ALL))).containsExactly(first);
        assertThat(refused(networks.createPort("amp-1-frontend", "net", List.of("four"), "amp-2"))
                        .kind())
                .isEqualTo(Refusal.Kind.CONFLICT);
    }

    @Test
    void aPort_ofTwoSubnets_hasAnAddressOfEach_orIsNotMade() throws Exception {
        Port port = done(networks.createPort("amp-1-frontend", "net", List.of("six", "four"), "amp-1"));
        assertThat(port.addresses()).extracting(FixedIp::subnetId).containsExactly("six", "four");
        assertThat(done(networks.createPort("amp-1-frontend", "net", List.of("six", "four"), "amp-1")))
                .isEqualTo(port);
        assertThat(records.port(port.id())).contains(port);
        assertThat(refused(networks.createPort("amp-2-frontend", "net", List.of("four", "nil"), "amp-2"))
                        .field())
                .isEqualTo("subnet_id");
        assertThat(done(networks.ports(NetworkQuery.ALL))).containsExactly(port);
        Port next = done(networks.createPort("amp-3-frontend", "net", List.of("six", "four"), "amp-3"));
        assertThat(next.addresses()).doesNotContainAnyElementsOf(port.addresses());
    }

    @Test
    void anAddress_inUse_isRefused_untilItsPortIsDeleted() throws Exception {
        Port port = done(networks.allocateVip("a", "net", "four", IpAddress.parse("192.0.2.9"), "lb-1"));
        Refusal refusal = refused(networks.allocateVip("b", "net", "four", IpAddress.parse("192.0.2.9"), "lb-2"));
        assertThat(refusal).isEqualTo(Refusal.conflict("ip_address", "192.0.2.9", "is already in use"));
        assertThat(done(networks.deletePort(port.id()))).isTrue();
        assertThat(done(networks.deletePort(port.id()))).isFalse();
        done(networks.allocateVip("b", "net", "four", IpAddress.parse("192.0.2.9"), "lb-2"));
    }

    @Test
    void whatDoesNotFitTogether_isRefused() throws Exception {
        assertThat(refused(networks.allocateVip("a", "nil", null, null, "lb")).field())
                .isEqualTo("network_id");
        assertThat(refused(networks.allocateVip("a", "net", "nil", null, "lb")).field())
                .isEqualTo("subnet_id");
        assertThat(refused(networks.allocateVip("a", "net", null, IpAddress.parse("10.0.0.1"), "lb"))
                        .rule())
                .isEqualTo("is in no subnet of network net");
        assertThat(refused(networks.allocateVip("a", "net", "six", IpAddress.parse("192.0.2.9"), "lb"))
                        .rule())
                .isEqualTo("is not in subnet 2001:db8::/64");
        assertThat(refused(networks.allocateVip("a", "net", "four", IpAddress.parse("192.0.2.1"), "lb"))
                        .rule())
                .isEqualTo("is the gateway of subnet 192.0.2.0/28");
        assertThat(records.ports(NetworkQuery.ALL)).isEmpty();
    }

    @Test
    void aSubnet_withoutAFreeAddress_isRefusedAsConflict() throws Exception {
        for (int i = 0; i < 13; i++) {
            done(networks.createPort("p" + i, "net", List.of("four"), "x"));
        }
        Refusal refusal = refused(networks.createPort("p13", "net", List.of("four"), "x"));
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.CONFLICT);
        assertThat(refusal.rule()).isEqualTo("has no free address: 13 are in use");
    }

    @Test
    void twoControllers_onTheSameRecords_neverGiveAnAddressTwice() throws Exception {
        try (StoreThread second = new StoreThread()) {
            LocalNetworks other = new LocalNetworks(records, second, UUID::randomUUID);
            List<CompletionStage<Outcome<Port>>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                calls.add((i % 2 == 0 ? networks : other).createPort("p" + i, "net", List.of("six"), "x"));
            }
            Set<IpAddress> given = new HashSet<>();
            for (CompletionStage<Outcome<Port>> call : calls) {
                given.add(done(call).addresses().get(0).address());
            }
            assertThat(given).hasSize(200);
        }
    }

    @Test
    void subnets_thatOverlap_areRefused_andTheSameAgainIsNot() throws Exception {
        assertThat(refused(networks.create(subnet("more", "192.0.2.8/29", null)))
                        .rule())
                .isEqualTo("overlaps subnet 192.0.2.0/28");
        done(networks.create(subnet("four", "192.0.2.0/28", "192.0.2.1")));
        assertThat(refused(networks.create(new Network("net", "other", 1500, false)))
                        .kind())
                .isEqualTo(Refusal.Kind.CONFLICT);
    }

    @Test
    void whatIsInUse_isNotDeleted() throws Exception {
        Port port = done(networks.createPort("p", "net", List.of("four"), "x"));
        assertThat(refused(networks.deleteNetwork("net")).rule()).isEqualTo("has subnets or ports");
        assertThat(refused(networks.deleteSubnet("four")).rule()).isEqualTo("a port has an address of it");
        done(networks.deletePort(port.id()));
        done(networks.deleteSubnet("four"));
        done(networks.deleteSubnet("six"));
        done(networks.deleteNetwork("net"));
        assertThat(refused(networks.deleteNetwork("net")).kind()).isEqualTo(Refusal.Kind.NOT_FOUND);
    }

    @Test
    void lookUps_byNameAndNetwork_findWhatMatches() throws Exception {
        assertThat(done(networks.subnets(new NetworkQuery(null, "four", null))))
                .extracting(Subnet::id)
                .containsExactly("four");
        assertThat(done(networks.subnets(new NetworkQuery(null, null, "nil")))).isEmpty();
        assertThat(done(networks.networks(new NetworkQuery(null, "front", null))))
                .hasSize(1);
        assertThat(done(networks.network("nil"))).isEmpty();
        assertThat(done(networks.subnet("six"))).map(Subnet::networkId).contains("net");
    }

    @Test
    void aStore_thatCannotAnswer_isRefusedAsNotReady() throws Exception {
        NetworkRecords broken = new BrokenRecords();
        LocalNetworks over = new LocalNetworks(broken, thread, UUID::randomUUID);
        Refusal refusal = refused(over.port("p"));
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_READY);
        assertThat(refusal.rule()).isEqualTo("nothing was changed: the database is away");
    }

    @Test
    void callsBeyondTheQueue_andAfterTheEnd_areRefusedAndNotLost() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        CompletionStage<Outcome<Boolean>> first = thread.run(() -> {
            try {
                return Outcome.done(hold.await(10, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        List<CompletionStage<Outcome<Optional<Port>>>> calls = new ArrayList<>();
        for (int i = 0; i < 1_030; i++) {
            calls.add(networks.port("p"));
        }
        assertThat(refused(calls.get(1_029)).kind()).isEqualTo(Refusal.Kind.NOT_READY);
        hold.countDown();
        assertThat(done(first)).isTrue();
        assertThat(done(calls.get(1_000))).isEmpty();
        thread.close();
        assertThat(refused(networks.port("p")).rule()).isEqualTo("the network driver has ended");
    }

    private static Subnet subnet(String id, String cidr, String gateway) {
        return new Subnet(
                id, "net", id, IpPrefix.parse(cidr), gateway == null ? null : IpAddress.parse(gateway), List.of());
    }

    private static <T> T done(CompletionStage<Outcome<T>> call) throws Exception {
        Outcome<T> outcome = call.toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).value();
    }

    private static <T> Refusal refused(CompletionStage<Outcome<T>> call) throws Exception {
        Outcome<T> outcome = call.toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<T>) outcome).reasons().get(0);
    }

    /** A database that went away. */
    private static final class BrokenRecords implements NetworkRecords {
        private static StoreException away() {
            return new StoreException("the database is away", new IllegalStateException());
        }

        @Override
        public List<Network> networks() throws StoreException {
            throw away();
        }

        @Override
        public List<Subnet> subnets() throws StoreException {
            throw away();
        }

        @Override
        public List<Port> ports(NetworkQuery query) throws StoreException {
            throw away();
        }

        @Override
        public Optional<Port> port(String id) throws StoreException {
            throw away();
        }

        @Override
        public Optional<Port> portNamed(String name) throws StoreException {
            throw away();
        }

        @Override
        public boolean insert(Network network) throws StoreException {
            throw away();
        }

        @Override
        public boolean insert(Subnet subnet) throws StoreException {
            throw away();
        }

        @Override
        public boolean insert(Port port) throws StoreException {
            throw away();
        }

        @Override
        public boolean removeNetwork(String id) throws StoreException {
            throw away();
        }

        @Override
        public boolean removeSubnet(String id) throws StoreException {
            throw away();
        }

        @Override
        public boolean removePort(String id) throws StoreException {
            throw away();
        }
    }
}
