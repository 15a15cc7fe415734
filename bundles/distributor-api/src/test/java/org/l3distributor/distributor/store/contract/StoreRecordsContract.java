// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.driver.Assignment;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.SpeakerHost;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.driver.contract.DistributorRecordsContract;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/** What the drivers' records of a store must do, with rows put there through the store. */
public abstract class StoreRecordsContract extends DistributorRecordsContract {
    private static final int PORT = 9443;

    private ControllerStore last;

    /** An empty one; each call gives a fresh one. */
    protected abstract ControllerStore store() throws Exception;

    /** The records of the store that was given last. */
    protected abstract DistributorRecords records(ControllerStore store, int amphoraPort);

    @Override
    protected DistributorRecords records() throws Exception {
        ControllerStore store = store();
        last = store;
        store.run(tx -> {
            tx.distributors().insert(new Distributor("dist", "L3_BGP", ProvisioningStatus.ACTIVE, "d", true, 2, 0));
            tx.loadBalancers().insert(Things.loadBalancer("lb", "web", "203.0.113.10"));
            for (int i = 1; i <= 2; i++) {
                tx.amphorae().insert(Things.amphora("amp-" + i, "lb", "192.0.2." + i, "198.51.100." + i));
            }
            Amphora speaker = Things.amphora("speaker", null, "192.0.2.100", "198.51.100.100");
            tx.amphorae().insert(speaker.speakingFor("dist"));
            tx.amphorae()
                    .insert(Things.amphora("speaker-dead", null, "192.0.2.101", "198.51.100.101")
                            .with(ProvisioningStatus.ERROR)
                            .speakingFor("dist"));
            tx.amphorae()
                    .insert(Things.amphora("speaker-coming", null, "192.0.2.102", "198.51.100.102")
                            .with(ProvisioningStatus.BOOTING)
                            .speakingFor("dist"));
            tx.speakers().insert(new BgpSpeaker("s", AddressFamily.IPV4, new AsNumber(64512), "", "", List.of(), 0));
            tx.peers()
                    .insert(new BgpPeer(
                            "peer",
                            IpAddress.parse("192.0.2.254"),
                            new AsNumber(64513),
                            null,
                            null,
                            null,
                            null,
                            "",
                            null,
                            EnumSet.noneOf(AddressFamily.class),
                            true,
                            false,
                            true,
                            0));
            tx.speakers().addPeer("s", "peer");
            tx.speakers().assign("s", "speaker");
        });
        return records(store, PORT);
    }

    @Test
    public void anAmphora_speaks_whileARouteOfItIsKept() throws Exception {
        DistributorRecords records = records();
        VipRecord stored = records.replace(null, VipRecord.of(key(), vips())).orElseThrow();
        assertThat(speaks()).isFalse();
        Assignment leaving = Assignment.wanted(
                        speaker(),
                        member(1).amphoraId(),
                        vips().get(0),
                        member(1).frontendIps().get(0),
                        peer())
                .asLeaving();
        VipRecord with = records.replace(stored, stored.with(List.of(member(1))).withAssignments(List.of(leaving)))
                .orElseThrow();
        assertThat(speaks()).isTrue();
        records.replace(with, with.withAssignments(List.of())).orElseThrow();
        assertThat(speaks()).isFalse();
    }

    @Test
    public void aLoadBalancer_isWithTheDistributorThatHasItsVip() throws Exception {
        DistributorRecords records = records();
        assertThat(leader()).isEmpty();
        VipRecord stored = records.replace(null, VipRecord.of(key(), vips())).orElseThrow();
        assertThat(leader()).containsExactly(key().distributorId());
        assertThat(records.remove(stored)).isTrue();
        assertThat(leader()).isEmpty();
    }

    private List<String> leader() throws Exception {
        return last.in(tx -> tx.distributors().leader(key().loadBalancerId())).stream()
                .toList();
    }

    private boolean speaks() throws Exception {
        return last.in(tx -> tx.distributors().speaks(speaker()));
    }

    private static InetSocketAddress address(String text) {
        try {
            return new InetSocketAddress(InetAddress.getByName(text), PORT);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected DistributorRecord distributor() {
        SpeakerHost.Peer peer = new SpeakerHost.Peer(peer(), EnumSet.allOf(AddressFamily.class), true);
        return new DistributorRecord(
                "dist",
                "L3_BGP",
                DistributorRecord.Topology.DEDICATED,
                2,
                List.of(
                        new SpeakerHost("speaker", address("192.0.2.100"), "rack-1", true, List.of(peer)),
                        new SpeakerHost("speaker-dead", address("192.0.2.101"), "rack-1", false, List.of())));
    }

    @Override
    protected VipKey key() {
        return new VipKey("dist", "lb");
    }

    @Override
    protected List<IpAddress> vips() {
        return List.of(
                IpAddress.parse("203.0.113.10"), IpAddress.parse("2001:db8::11"), IpAddress.parse("2001:db8::12"));
    }

    @Override
    protected Member member(int number) {
        return new Member(
                "amp-" + number,
                address("192.0.2." + number),
                List.of(IpAddress.parse("198.51.100." + number), IpAddress.parse("2001:db8:1::" + number)),
                "d" + number);
    }

    @Override
    protected String speaker() {
        return "speaker";
    }

    @Override
    protected PeerId peer() {
        return new PeerId("peer");
    }
}
