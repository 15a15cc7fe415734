// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.noop.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.driver.DistributorStatus;
import org.l3distributor.distributor.driver.DriverResult;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.MemberStatus;
import org.l3distributor.distributor.driver.MembershipRules;
import org.l3distributor.distributor.driver.Operation;
import org.l3distributor.distributor.driver.RecordEditor;
import org.l3distributor.distributor.driver.RunningOperation;
import org.l3distributor.distributor.driver.SerialOperations;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.driver.VipStatus;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.net.IpAddress;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Keeps the books of distributors of type NOOP, and leads no traffic anywhere. */
@Component(service = DistributorDriver.class, property = DistributorDriver.TYPE + "=" + NoopDriver.NOOP)
public final class NoopDriver implements DistributorDriver {
    static final String NOOP = "NOOP";

    private final DistributorRecords records;
    private final RecordEditor editor;
    private final SerialOperations thread = new SerialOperations("driver-noop");

    @Activate
    public NoopDriver(@Reference DistributorRecords records) {
        this.records = records;
        editor = new RecordEditor(records, NOOP);
    }

    @Override
    public Operation<DistributorStatus> createDistributor(String distributorId) {
        return thread.run(() -> shown(distributorId));
    }

    @Override
    public Operation<DistributorStatus> deleteDistributor(String distributorId) {
        return thread.run(() -> {
            List<VipRecord> vips = records.vips(distributorId);
            return vips.isEmpty()
                    ? new DriverResult.Done<>(status(distributorId, vips))
                    : DriverResult.refused(Refusal.conflict(
                            "distributor_id", distributorId, "has VIPs of " + vips.size() + " load balancers"));
        });
    }

    @Override
    public Operation<VipStatus> addVip(VipKey key, List<IpAddress> vips) {
        return thread.run(() -> edited(editor.add(key, vips)));
    }

    @Override
    public Operation<VipStatus> removeVip(VipKey key) {
        return thread.run(() -> {
            editor.remove(key);
            return new DriverResult.Done<>(gone(key));
        });
    }

    @Override
    public Operation<VipStatus> registerAmphorae(VipKey key, List<Member> members) {
        return thread.run(() -> edited(editor.change(key, (distributor, read) -> {
            VipRecord next = read.with(members);
            List<Refusal> reasons = MembershipRules.check(next.vips(), next.members());
            return reasons.isEmpty() ? Outcome.done(next) : Outcome.refused(reasons);
        })));
    }

    @Override
    public Operation<VipStatus> unregisterAmphorae(VipKey key, List<String> amphoraIds) {
        return thread.run(() -> {
            Optional<VipRecord> there = records.vip(key);
            return there.isEmpty()
                    ? new DriverResult.Done<>(gone(key))
                    : edited(editor.change(key, (distributor, read) -> Outcome.done(read.without(amphoraIds))));
        });
    }

    @Override
    public Operation<VipStatus> drainAmphorae(VipKey key, List<String> amphoraIds, Duration deadline) {
        return RunningOperation.ended(DriverResult.refused(new Refusal(
                Refusal.Kind.UNSUPPORTED,
                "amphora_id",
                String.join(", ", amphoraIds),
                "this driver sees no connections; unregister instead")));
    }

    @Override
    public CompletionStage<DriverResult<DistributorStatus>> status(String distributorId) {
        return thread.run(() -> shown(distributorId)).result();
    }

    private DriverResult<DistributorStatus> shown(String distributorId) throws StoreException {
        Outcome<DistributorRecord> found = editor.distributor(distributorId);
        return found instanceof Outcome.Refused<DistributorRecord> refused
                ? new DriverResult.Refused<>(refused.reasons())
                : new DriverResult.Done<>(status(distributorId, records.vips(distributorId)));
    }

    private static DriverResult<VipStatus> edited(Outcome<RecordEditor.Edited> outcome) {
        return outcome instanceof Outcome.Done<RecordEditor.Edited> done
                ? new DriverResult.Done<>(status(done.value().after()))
                : new DriverResult.Refused<>(((Outcome.Refused<RecordEditor.Edited>) outcome).reasons());
    }

    private static DistributorStatus status(String distributorId, List<VipRecord> vips) {
        return new DistributorStatus(
                distributorId, List.of(), vips.stream().map(NoopDriver::status).toList(), List.of());
    }

    private static VipStatus status(VipRecord record) {
        List<MemberStatus> rows = new ArrayList<>();
        for (IpAddress vip : record.vips()) {
            for (Member member : record.members()) {
                IpAddress nextHop = member.nextHop(vip.family()).orElse(null);
                rows.add(new MemberStatus(member.amphoraId(), vip, nextHop, MemberStatus.Reach.UNMANAGED, List.of()));
            }
        }
        return new VipStatus(record.key(), rows, List.of());
    }

    private static VipStatus gone(VipKey key) {
        return new VipStatus(key, List.of(), List.of());
    }

    @Deactivate
    public void close() {
        thread.close();
    }
}
