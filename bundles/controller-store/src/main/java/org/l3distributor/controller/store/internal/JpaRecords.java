// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.persistence.EntityManager;
import javax.persistence.LockModeType;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.driver.Assignment;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.SpeakerHost;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.PeerId;

/**
 * The drivers' records in the specification's tables: a VIP is a distributor's where vip.distributor_id says so, its
 * members are rows of amphora_registration, its assignments rows of distributor_l3_amphora_vip_registration. The record's
 * version is that of the row in vip, which is locked first, and never goes back.
 */
final class JpaRecords implements DistributorRecords {
    private final Access access;
    private final int amphoraPort;

    JpaRecords(Access access, int amphoraPort) {
        this.access = access;
        this.amphoraPort = amphoraPort;
    }

    @Override
    public List<String> distributors(String type) throws StoreException {
        return access.transaction(
                "read the distributors of type " + type,
                (em, dialect) -> em.createQuery(
                                "select d.id from DistributorRow d where d.type = :type order by d.id", String.class)
                        .setParameter("type", type)
                        .getResultList());
    }

    @Override
    public Optional<DistributorRecord> distributor(String id) throws StoreException {
        return access.transaction("read distributor " + id, (em, dialect) -> {
            DistributorRow row = em.find(DistributorRow.class, id);
            return row == null ? Optional.empty() : Optional.of(record(em, row));
        });
    }

    private DistributorRecord record(EntityManager em, DistributorRow row) {
        return new DistributorRecord(
                row.id,
                row.type,
                row.dedicated ? DistributorRecord.Topology.DEDICATED : DistributorRecord.Topology.COMBINED,
                row.redundancy,
                row.dedicated ? speakers(em, row.id) : List.of());
    }

    /** Those that serve, or did: not those that are on their way, which nothing may be placed on yet. */
    private List<SpeakerHost> speakers(EntityManager em, String distributorId) {
        List<AmphoraRow> amphorae = em.createQuery(
                        "select a from AmphoraRow a where a.distributorId = :id and a.lbNetworkIp is not null"
                                + " and a.status not in :coming order by a.id",
                        AmphoraRow.class)
                .setParameter("id", distributorId)
                .setParameter(
                        "coming", List.of(ProvisioningStatus.PENDING_CREATE.name(), ProvisioningStatus.BOOTING.name()))
                .getResultList();
        List<SpeakerHost> hosts = new ArrayList<>();
        for (AmphoraRow amphora : amphorae) {
            InetSocketAddress api = api(amphora);
            if (api != null) {
                hosts.add(new SpeakerHost(
                        amphora.id,
                        api,
                        amphora.cachedZone == null ? "" : amphora.cachedZone,
                        alive(amphora),
                        peers(em, amphora.id)));
            }
        }
        return hosts;
    }

    private static boolean alive(AmphoraRow amphora) {
        ProvisioningStatus status = Words.of(ProvisioningStatus.class, amphora.status, "amphora " + amphora.id);
        return status != ProvisioningStatus.ERROR
                && status != ProvisioningStatus.DELETED
                && status != ProvisioningStatus.PENDING_DELETE;
    }

    private @Nullable InetSocketAddress api(AmphoraRow amphora) {
        IpAddress address = Words.address(amphora.lbNetworkIp, "amphora " + amphora.id);
        return address == null ? null : new InetSocketAddress(address.toInetAddress(), amphoraPort);
    }

    /** A peer without families of its own carries those of its speaker: both where that is the amphora's only one. */
    private static List<SpeakerHost.Peer> peers(EntityManager em, String amphoraId) {
        SpeakerTable speakers = new SpeakerTable(em);
        var assigned = speakers.of(amphoraId);
        List<SpeakerHost.Peer> peers = new ArrayList<>();
        for (var speaker : assigned) {
            Set<AddressFamily> carried =
                    assigned.size() == 1 ? EnumSet.allOf(AddressFamily.class) : EnumSet.of(speaker.transport());
            for (var peer : speakers.peers(speaker.id()).stream()
                    .filter(BgpPeer::enabled)
                    .toList()) {
                peers.add(new SpeakerHost.Peer(
                        new PeerId(peer.id()), peer.families().isEmpty() ? carried : peer.families(), peer.addPath()));
            }
        }
        peers.sort(Comparator.comparing(SpeakerHost.Peer::id));
        return peers;
    }

    @Override
    public List<VipRecord> vips(String distributorId) throws StoreException {
        return access.transaction(
                "read the VIPs of distributor " + distributorId,
                (em, dialect) -> read(
                        em,
                        em.createQuery(
                                        "select v from VipRow v where v.distributorId = :id order by v.loadBalancerId",
                                        VipRow.class)
                                .setParameter("id", distributorId)
                                .getResultList()));
    }

    @Override
    public Optional<VipRecord> vip(VipKey key) throws StoreException {
        return access.transaction("read VIP " + key, (em, dialect) -> {
            VipRow row = em.find(VipRow.class, key.loadBalancerId());
            return standsFor(row, key) ? read(em, List.of(row)).stream().findFirst() : Optional.<VipRecord>empty();
        });
    }

    private static boolean standsFor(@Nullable VipRow row, VipKey key) {
        return row != null && key.distributorId().equals(row.distributorId);
    }

    /** The records of these rows, in a few queries however many they are. A load balancer without an address has none. */
    private List<VipRecord> read(EntityManager em, List<VipRow> rows) {
        List<String> ids = rows.stream().map(row -> row.loadBalancerId).toList();
        Map<String, List<AdditionalVipRow>> additional =
                Parts.of(em, AdditionalVipRow.class, "loadBalancerId", "place", row -> row.loadBalancerId, ids);
        Map<String, List<AmphoraRegistrationRow>> members = Parts.of(
                em, AmphoraRegistrationRow.class, "loadBalancerId", "amphoraId", row -> row.loadBalancerId, ids);
        Map<String, List<VipRegistrationRow>> routes =
                Parts.of(em, VipRegistrationRow.class, "loadBalancerId", "id", row -> row.loadBalancerId, ids);
        Set<String> amphoraIds = new HashSet<>();
        members.values().forEach(list -> list.forEach(row -> amphoraIds.add(row.amphoraId)));
        Map<String, List<AmphoraRow>> amphorae = Parts.of(em, AmphoraRow.class, "id", "id", row -> row.id, amphoraIds);
        List<VipRecord> records = new ArrayList<>();
        for (VipRow row : rows) {
            List<IpAddress> vips = addresses(row, additional.getOrDefault(row.loadBalancerId, List.of()));
            String distributor = row.distributorId;
            if (!vips.isEmpty() && distributor != null) {
                records.add(new VipRecord(
                        new VipKey(distributor, row.loadBalancerId),
                        vips,
                        members.getOrDefault(row.loadBalancerId, List.of()).stream()
                                .filter(member -> distributor.equals(member.distributorId))
                                .map(member -> member(member, amphorae))
                                .toList(),
                        routes.getOrDefault(row.loadBalancerId, List.of()).stream()
                                .map(JpaRecords::assignment)
                                .sorted()
                                .toList(),
                        row.version));
            }
        }
        return records;
    }

    private static List<IpAddress> addresses(VipRow row, List<AdditionalVipRow> additional) {
        List<IpAddress> vips = new ArrayList<>();
        IpAddress first = Words.address(row.ipAddress, "vip " + row.loadBalancerId);
        if (first != null) {
            vips.add(first);
        }
        for (AdditionalVipRow more : additional) {
            IpAddress address = Words.address(more.ipAddress, "additional_vip " + row.loadBalancerId);
            if (address != null && !vips.contains(address)) {
                vips.add(address);
            }
        }
        return vips;
    }

    private Member member(AmphoraRegistrationRow row, Map<String, List<AmphoraRow>> amphorae) {
        return new Member(
                row.amphoraId,
                api(Objects.requireNonNull(amphorae.get(row.amphoraId)).get(0)), // there by the foreign key
                Words.split(row.frontendIps).stream().map(IpAddress::parse).toList(),
                row.failureDomain);
    }

    private static Assignment assignment(VipRegistrationRow row) {
        return new Assignment(
                row.amphoraId,
                row.memberId,
                IpAddress.parse(row.vipIp),
                IpAddress.parse(row.nexthopIp),
                row.peerId == null ? null : new PeerId(row.peerId),
                row.leaving);
    }

    @Override
    public Optional<InetSocketAddress> api(String amphoraId) throws StoreException {
        return access.transaction(
                "read amphora " + amphoraId,
                (em, dialect) -> Optional.ofNullable(em.find(AmphoraRow.class, amphoraId))
                        .filter(row -> !row.status.equals(ProvisioningStatus.DELETED.name()))
                        .map(this::api));
    }

    @Override
    public Optional<VipRecord> replace(@Nullable VipRecord expected, VipRecord next) throws StoreException {
        if (expected != null && !expected.key().equals(next.key())) {
            throw new IllegalArgumentException("another VIP: " + expected.key() + " and " + next.key());
        }
        return access.transaction("write VIP " + next.key(), (em, dialect) -> {
            VipRow row = locked(em, next.key());
            if (row == null || !isStill(row, expected, next.key()) || !isOf(em, next.vips(), row)) {
                return Optional.<VipRecord>empty();
            }
            row.distributorId = next.key().distributorId();
            row.version++;
            em.flush();
            writeMembers(em, next);
            writeAssignments(em, next);
            em.flush();
            return Optional.of(new VipRecord(next.key(), next.vips(), next.members(), next.assignments(), row.version));
        });
    }

    /** Whether the row says what was read: nothing, or that version. */
    private static boolean isStill(VipRow row, @Nullable VipRecord expected, VipKey key) {
        return expected == null ? row.distributorId == null : standsFor(row, key) && row.version == expected.version();
    }

    private static @Nullable VipRow locked(EntityManager em, VipKey key) {
        return em.find(VipRow.class, key.loadBalancerId(), LockModeType.PESSIMISTIC_WRITE);
    }

    /** Whether these are the load balancer's addresses: when they aren't any more, somebody else was first. */
    private static boolean isOf(EntityManager em, List<IpAddress> vips, VipRow row) {
        List<AdditionalVipRow> additional = Parts.of(
                        em,
                        AdditionalVipRow.class,
                        "loadBalancerId",
                        "place",
                        vip -> vip.loadBalancerId,
                        List.of(row.loadBalancerId))
                .getOrDefault(row.loadBalancerId, List.of());
        return new HashSet<>(addresses(row, additional)).equals(new HashSet<>(vips));
    }

    private static void writeMembers(EntityManager em, VipRecord next) {
        Map<String, AmphoraRegistrationRow> present = new HashMap<>();
        registrations(em, next.key()).forEach(row -> present.put(row.amphoraId, row));
        Map<String, AmphoraRegistrationRow> wanted = new HashMap<>();
        for (Member member : next.members()) {
            AmphoraRegistrationRow row = present.getOrDefault(member.amphoraId(), new AmphoraRegistrationRow());
            row.amphoraId = member.amphoraId();
            row.loadBalancerId = next.key().loadBalancerId();
            row.distributorId = next.key().distributorId();
            row.distributorKey = next.key().distributorId();
            row.frontendIps = Words.joined(member.frontendIps());
            row.failureDomain = member.failureDomain();
            wanted.put(member.amphoraId(), row);
        }
        Parts.replace(em, present, wanted);
    }

    private static List<AmphoraRegistrationRow> registrations(EntityManager em, VipKey key) {
        return em.createQuery(
                        "select r from AmphoraRegistrationRow r where r.loadBalancerId = :lb and r.distributorKey = :d",
                        AmphoraRegistrationRow.class)
                .setParameter("lb", key.loadBalancerId())
                .setParameter("d", key.distributorId())
                .getResultList();
    }

    private static void writeAssignments(EntityManager em, VipRecord next) {
        Map<Assignment, VipRegistrationRow> present = new HashMap<>();
        routes(em, next.key()).forEach(row -> present.put(assignment(row).asWanted(), row));
        Map<Assignment, VipRegistrationRow> wanted = new HashMap<>();
        for (Assignment assignment : next.assignments()) {
            VipRegistrationRow row = present.getOrDefault(assignment.asWanted(), new VipRegistrationRow());
            PeerId peer = assignment.peer();
            row.amphoraId = assignment.speakerId();
            row.loadBalancerId = next.key().loadBalancerId();
            row.nexthopIp = assignment.nextHop().toString();
            row.peerId = peer == null ? null : peer.value();
            row.peerKey = peer == null ? "" : peer.value();
            row.vipIp = assignment.vip().toString();
            row.memberId = assignment.amphoraId();
            row.leaving = assignment.leaving();
            wanted.put(assignment.asWanted(), row);
        }
        Parts.replace(em, present, wanted);
    }

    private static List<VipRegistrationRow> routes(EntityManager em, VipKey key) {
        return em.createQuery(
                        "select r from VipRegistrationRow r where r.loadBalancerId = :lb", VipRegistrationRow.class)
                .setParameter("lb", key.loadBalancerId())
                .getResultList();
    }

    @Override
    public boolean remove(VipRecord expected) throws StoreException {
        VipKey key = expected.key();
        return access.transaction("remove VIP " + key, (em, dialect) -> {
            VipRow row = locked(em, key);
            if (row == null || !standsFor(row, key) || row.version != expected.version()) {
                return false;
            }
            row.distributorId = null;
            row.version++;
            registrations(em, key).forEach(em::remove);
            routes(em, key).forEach(em::remove);
            em.flush();
            return true;
        });
    }
}
