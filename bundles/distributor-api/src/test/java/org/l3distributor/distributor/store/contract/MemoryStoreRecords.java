// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.store.contract;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.driver.SpeakerHost;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.PeerId;

/** The drivers' records of a {@link MemoryStore}. */
final class MemoryStoreRecords implements DistributorRecords {
    private static final Set<ProvisioningStatus> DEAD =
            EnumSet.of(ProvisioningStatus.ERROR, ProvisioningStatus.DELETED, ProvisioningStatus.PENDING_DELETE);

    private static final Set<ProvisioningStatus> COMING =
            EnumSet.of(ProvisioningStatus.PENDING_CREATE, ProvisioningStatus.BOOTING);

    private final MemoryStore store;
    private final int amphoraPort;

    MemoryStoreRecords(MemoryStore store, int amphoraPort) {
        this.store = store;
        this.amphoraPort = amphoraPort;
    }

    @Override
    public List<String> distributors(String type) throws StoreException {
        return store.tables(tables -> tables.distributors.values().stream()
                .filter(d -> d.type().equals(type))
                .map(Distributor::id)
                .toList());
    }

    @Override
    public Optional<DistributorRecord> distributor(String id) throws StoreException {
        return store.tables(tables -> Optional.ofNullable(tables.distributors.get(id))
                .map(d -> new DistributorRecord(
                        d.id(),
                        d.type(),
                        d.dedicated() ? DistributorRecord.Topology.DEDICATED : DistributorRecord.Topology.COMBINED,
                        d.redundancy(),
                        d.dedicated() ? speakers(tables, id) : List.of())));
    }

    private List<SpeakerHost> speakers(MemoryTables tables, String distributorId) {
        return tables.amphorae.values().stream()
                .filter(a -> distributorId.equals(a.distributorId())
                        && a.managementIp() != null
                        && !COMING.contains(a.status()))
                .map(a -> new SpeakerHost(
                        a.id(),
                        api(a),
                        a.failureDomain() == null ? "" : a.failureDomain(),
                        !DEAD.contains(a.status()),
                        peers(tables, a.id())))
                .toList();
    }

    private InetSocketAddress api(Amphora amphora) {
        return new InetSocketAddress(amphora.managementIp().toInetAddress(), amphoraPort);
    }

    private static List<SpeakerHost.Peer> peers(MemoryTables tables, String amphoraId) {
        MemorySpeakers rows = new MemorySpeakers(tables);
        List<BgpSpeaker> speakers = rows.of(amphoraId);
        List<SpeakerHost.Peer> peers = new ArrayList<>();
        for (BgpSpeaker speaker : speakers) {
            Set<AddressFamily> carried =
                    speakers.size() == 1 ? EnumSet.allOf(AddressFamily.class) : EnumSet.of(speaker.transport());
            for (BgpPeer peer :
                    rows.peers(speaker.id()).stream().filter(BgpPeer::enabled).toList()) {
                peers.add(new SpeakerHost.Peer(
                        new PeerId(peer.id()), peer.families().isEmpty() ? carried : peer.families(), peer.addPath()));
            }
        }
        peers.sort(Comparator.comparing(SpeakerHost.Peer::id));
        return peers;
    }

    @Override
    public List<VipRecord> vips(String distributorId) throws StoreException {
        return store.tables(tables -> tables.vips.values().stream()
                .filter(vip -> vip.key().distributorId().equals(distributorId))
                .toList());
    }

    @Override
    public Optional<VipRecord> vip(VipKey key) throws StoreException {
        return store.tables(tables -> Optional.ofNullable(tables.vips.get(key.loadBalancerId()))
                .filter(vip -> vip.key().equals(key)));
    }

    @Override
    public Optional<InetSocketAddress> api(String amphoraId) throws StoreException {
        return store.tables(tables -> Optional.ofNullable(tables.amphorae.get(amphoraId))
                .filter(a -> a.managementIp() != null && a.status() != ProvisioningStatus.DELETED)
                .map(this::api));
    }

    @Override
    public Optional<VipRecord> replace(VipRecord expected, VipRecord next) throws StoreException {
        return store.tables(tables -> {
            VipRecord present = tables.vips.get(next.key().loadBalancerId());
            boolean stands = expected == null
                    ? present == null
                            && tables.loadBalancers.containsKey(next.key().loadBalancerId())
                    : isSame(present, expected);
            if (!stands) {
                return Optional.<VipRecord>empty();
            }
            MemoryStore.Contradiction.unless(
                    tables.distributors.containsKey(next.key().distributorId())
                            && next.members().stream().allMatch(m -> tables.amphorae.containsKey(m.amphoraId()))
                            && next.assignments().stream().allMatch(a -> tables.amphorae.containsKey(a.speakerId())),
                    "VIP " + next.key() + " refers to what isn't there");
            VipRecord stored =
                    new VipRecord(next.key(), next.vips(), next.members(), next.assignments(), ++tables.vipVersions);
            tables.vips.put(next.key().loadBalancerId(), stored);
            return Optional.of(stored);
        });
    }

    private static boolean isSame(VipRecord present, VipRecord expected) {
        return present != null && present.key().equals(expected.key()) && present.version() == expected.version();
    }

    @Override
    public boolean remove(VipRecord expected) throws StoreException {
        return store.tables(tables -> isSame(tables.vips.get(expected.key().loadBalancerId()), expected)
                && tables.vips.remove(expected.key().loadBalancerId()) != null);
    }
}
