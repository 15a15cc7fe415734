// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.l3distributor.client.AmphoraClients;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.DistributorRecord.Topology;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.driver.DistributorStatus;
import org.l3distributor.distributor.driver.DriverResult;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.MembershipRules;
import org.l3distributor.distributor.driver.Operation;
import org.l3distributor.distributor.driver.RecordEditor;
import org.l3distributor.distributor.driver.RunningOperation;
import org.l3distributor.distributor.driver.SpeakerHost;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.driver.VipStatus;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.service.MetricSource;
import org.l3distributor.driver.l3bgp.internal.place.Shortage;
import org.l3distributor.driver.l3bgp.internal.place.Wish;
import org.l3distributor.net.IpAddress;

/** Leads VIPs to their amphorae by BGP: places next hops on speakers, tells these, and repairs what drifts. */
final class L3BgpDriver implements DistributorDriver, AutoCloseable {
    static final String L3_BGP = "L3_BGP";

    private final DistributorRecords records;
    private final RecordEditor editor;
    private final DriverMetrics metrics = new DriverMetrics();
    private final Desk desk = new Desk(metrics);
    private final Lanes<VipKey> lanes = new Lanes<>();
    private final VipWork work;
    private final Repair repair;

    /**
     * @param patience how long an operation waits for routes that are on their way
     * @param repairInterval between two rounds of repair; zero = none but those that are asked for
     */
    L3BgpDriver(DistributorRecords records, AmphoraClients clients, Duration patience, Duration repairInterval) {
        this.records = records;
        editor = new RecordEditor(records, L3_BGP);
        Map<Topology, Wire> wires =
                Map.of(Topology.COMBINED, new CombinedWire(clients), Topology.DEDICATED, new DedicatedWire(clients));
        work = new VipWork(records, editor, desk, wires, patience);
        repair = new Repair(records, clients, desk, lanes, work, metrics, repairInterval);
    }

    @Override
    public Operation<DistributorStatus> createDistributor(String distributorId) {
        return desk.operation(operation -> shown(distributorId));
    }

    @Override
    public Operation<DistributorStatus> deleteDistributor(String distributorId) {
        return desk.operation(operation -> desk.work(() -> {
            int vips = records.vips(distributorId).size();
            DistributorStatus nothing = new DistributorStatus(distributorId, List.of(), List.of(), List.of());
            return vips == 0
                    ? new DriverResult.Done<>(nothing)
                    : DriverResult.refused(Refusal.conflict(
                            "distributor_id", distributorId, "has VIPs of " + vips + " load balancers"));
        }));
    }

    @Override
    public Operation<VipStatus> addVip(VipKey key, List<IpAddress> vips) {
        return desk.operation(operation -> lanes.run(
                key,
                () -> desk.work(() -> {
                    Outcome<RecordEditor.Edited> added = editor.add(key, vips);
                    return added instanceof Outcome.Done<RecordEditor.Edited> done
                            ? new DriverResult.Done<>(
                                    new Pass().status(done.value().after(), List.of()))
                            : new DriverResult.Refused<>(((Outcome.Refused<RecordEditor.Edited>) added).reasons());
                })));
    }

    @Override
    public Operation<VipStatus> registerAmphorae(VipKey key, List<Member> members) {
        return inLane(
                key,
                operation -> work.run(key, (distributor, read) -> with(read, members), operation)
                        .thenApply(outcome -> result(outcome, L3BgpDriver::whyNotAnnounced)));
    }

    private static Outcome<VipRecord> with(VipRecord read, List<Member> members) {
        VipRecord next = read.with(members);
        List<Refusal> reasons = MembershipRules.check(next.vips(), next.members());
        return reasons.isEmpty() ? Outcome.done(next) : Outcome.refused(reasons);
    }

    private static List<String> whyNotAnnounced(VipWork.Ended ended) {
        VipRecord record = ended.wish().record();
        List<String> reasons = new ArrayList<>();
        ended.wish().shortages().stream()
                .filter(Shortage::grave)
                .map(Shortage::toString)
                .forEach(reasons::add);
        reasons.addAll(ended.pass().notAnnounced(record));
        reasons.addAll(ended.pass().notWithdrawn(record));
        return reasons;
    }

    @Override
    public Operation<VipStatus> unregisterAmphorae(VipKey key, List<String> amphoraIds) {
        return inLane(
                key,
                operation -> ifThere(
                        key,
                        () -> work.run(key, (distributor, read) -> Outcome.done(read.without(amphoraIds)), operation)
                                .thenApply(outcome -> result(outcome, ended -> whyNotOut(ended, amphoraIds)))));
    }

    /** What others of the VIP still wait for is no reason against its being out. */
    private static List<String> whyNotOut(VipWork.Ended ended, List<String> amphoraIds) {
        VipRecord record = ended.wish().record();
        return ended.pass()
                .notWithdrawn(record.withAssignments(record.assignments().stream()
                        .filter(a -> amphoraIds.contains(a.amphoraId()))
                        .toList()));
    }

    @Override
    public Operation<VipStatus> removeVip(VipKey key) {
        return inLane(
                key,
                operation -> ifThere(
                        key,
                        () -> work.run(key, (distributor, read) -> Outcome.done(nobody(read)), operation)
                                .thenCompose(outcome -> desk.work(() -> removed(outcome)))));
    }

    private static VipRecord nobody(VipRecord read) {
        return read.without(read.members().stream().map(Member::amphoraId).toList());
    }

    /** Only when all of it is withdrawn: the record is what knows of it. */
    private DriverResult<VipStatus> removed(Outcome<VipWork.Ended> outcome)
            throws org.l3distributor.distributor.store.StoreException {
        DriverResult<VipStatus> withdrawn =
                result(outcome, ended -> ended.pass().notWithdrawn(ended.wish().record()));
        if (!(withdrawn instanceof DriverResult.Done<VipStatus> done)) {
            return withdrawn;
        }
        VipRecord record =
                ((Outcome.Done<VipWork.Ended>) outcome).value().wish().record();
        return records.remove(record)
                ? done
                : new DriverResult.Unfinished<>(
                        done.value(), List.of("somebody else changed the record meanwhile; remove it again"));
    }

    @Override
    public Operation<VipStatus> drainAmphorae(VipKey key, List<String> amphoraIds, Duration deadline) {
        return RunningOperation.ended(DriverResult.refused(new Refusal(
                Refusal.Kind.UNSUPPORTED,
                "amphora_id",
                String.join(", ", amphoraIds),
                "draining is not supported yet; unregister ends new connections, and waits for none")));
    }

    @Override
    public CompletionStage<DriverResult<DistributorStatus>> status(String distributorId) {
        return desk.<DistributorStatus>operation(operation -> shown(distributorId))
                .result();
    }

    private Operation<VipStatus> inLane(
            VipKey key, Function<RunningOperation<VipStatus>, CompletionStage<DriverResult<VipStatus>>> begin) {
        return desk.operation(operation -> lanes.run(key, () -> begin.apply(operation)));
    }

    /** VIPs that are not there are as they should be when something is to be taken out. */
    private CompletionStage<DriverResult<VipStatus>> ifThere(
            VipKey key, java.util.function.Supplier<CompletionStage<DriverResult<VipStatus>>> otherwise) {
        return desk.work(() -> records.vip(key))
                .thenCompose(there -> there.isPresent()
                        ? otherwise.get()
                        : CompletableFuture.completedStage(
                                new DriverResult.Done<>(new VipStatus(key, List.of(), List.of()))));
    }

    private static DriverResult<VipStatus> result(
            Outcome<VipWork.Ended> outcome, Function<VipWork.Ended, List<String>> reasons) {
        if (outcome instanceof Outcome.Refused<VipWork.Ended> refused) {
            return new DriverResult.Refused<>(refused.reasons());
        }
        VipWork.Ended ended = ((Outcome.Done<VipWork.Ended>) outcome).value();
        VipStatus status =
                ended.pass().status(ended.wish().record(), ended.wish().shortages());
        return DriverResult.of(status, reasons.apply(ended));
    }

    private CompletionStage<DriverResult<DistributorStatus>> shown(String distributorId) {
        return desk.work(() -> editor.distributor(distributorId)).thenCompose(outcome -> {
            if (outcome instanceof Outcome.Refused<DistributorRecord> refused) {
                return CompletableFuture.completedStage(new DriverResult.Refused<>(refused.reasons()));
            }
            DistributorRecord distributor = ((Outcome.Done<DistributorRecord>) outcome).value();
            return desk.work(() -> records.vips(distributorId))
                    .thenCompose(vips -> work.wire(distributor)
                            .look(distributor, vips)
                            .thenApply(look -> new DriverResult.Done<>(status(distributor, vips, look))));
        });
    }

    private static DistributorStatus status(DistributorRecord distributor, List<VipRecord> vips, Wire.Look look) {
        Map<String, Wire.Seen> seen = look.speakers();
        List<DistributorStatus.Speaker> speakers = distributor.speakers().stream()
                .map(host -> speaker(host, Optional.ofNullable(seen.get(host.amphoraId()))))
                .toList();
        List<String> problems = speakers.stream()
                .filter(s -> s.fault() != null)
                .map(s -> "speaker " + s.amphoraId() + ": " + s.fault())
                .toList();
        List<VipStatus> shown = vips.stream()
                .map(record -> look.of(record)
                        .status(record, Wish.of(distributor, record).shortages()))
                .toList();
        return new DistributorStatus(distributor.id(), speakers, shown, problems);
    }

    private static DistributorStatus.Speaker speaker(SpeakerHost host, Optional<Wire.Seen> seen) {
        String fault = seen.map(Wire.Seen::fault).orElse("it was declared dead");
        return new DistributorStatus.Speaker(
                host.amphoraId(),
                host.alive(),
                seen.map(Wire.Seen::registrations).orElse(0),
                fault.isEmpty() ? null : fault);
    }

    /** A round of repair, now; rounds never run at the same time. */
    CompletionStage<RepairReport> repair() {
        return repair.round();
    }

    MetricSource metrics() {
        return metrics;
    }

    @Override
    public void close() {
        repair.close();
        desk.close();
    }
}
