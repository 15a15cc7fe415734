// SPDX-License-Identifier: Apache-2.0
package com.example.routefile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.driver.DistributorDriver;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.driver.DistributorStatus;
import org.l3distributor.distributor.driver.DriverResult;
import org.l3distributor.distributor.driver.Member;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads each VIP to its amphorae by a file of routes, {@code <VIP>.routes}, for a router that runs {@code ip -batch} on it. */
@Component(
        service = DistributorDriver.class,
        property = DistributorDriver.TYPE + "=" + RouteFileDriver.ROUTE_FILE,
        configurationPid = "com.example.routefile")
public final class RouteFileDriver implements DistributorDriver {
    static final String ROUTE_FILE = "ROUTE_FILE";
    private static final Logger LOG = LoggerFactory.getLogger(RouteFileDriver.class);

    /** Configuration. */
    public @interface Config {
        String directory() default "/run/route-file";
    }

    private final DistributorRecords records;
    private final RecordEditor editor;
    private final RouteFiles files;
    private final SerialOperations thread = new SerialOperations("route-file");

    @Activate
    public RouteFileDriver(@Reference DistributorRecords records, Config config) {
        this(records, Path.of(config.directory()), Duration.ofSeconds(10));
    }

    RouteFileDriver(DistributorRecords records, Path directory, Duration repair) {
        this.records = records;
        editor = new RecordEditor(records, ROUTE_FILE);
        files = new RouteFiles(directory);
        thread.each(repair, this::repair, fault -> LOG.warn("not repaired; it is tried again", fault));
    }

    @Override
    public Operation<DistributorStatus> createDistributor(String id) {
        return thread.run(() -> shown(id));
    }

    @Override
    public Operation<DistributorStatus> deleteDistributor(String id) {
        return thread.run(() -> records.vips(id).isEmpty()
                ? new DriverResult.Done<>(new DistributorStatus(id, List.of(), List.of(), List.of()))
                : DriverResult.refused(Refusal.conflict("distributor_id", id, "has VIPs")));
    }

    @Override
    public Operation<VipStatus> addVip(VipKey key, List<IpAddress> vips) {
        return thread.run(() -> led(editor.add(key, vips)));
    }

    @Override
    public Operation<VipStatus> registerAmphorae(VipKey key, List<Member> members) {
        return thread.run(() -> led(editor.change(key, (distributor, read) -> {
            VipRecord next = read.with(members);
            List<Refusal> broken = MembershipRules.check(next.vips(), next.members());
            return broken.isEmpty() ? Outcome.done(next) : Outcome.refused(broken);
        })));
    }

    @Override
    public Operation<VipStatus> unregisterAmphorae(VipKey key, List<String> amphoraIds) {
        return thread.run(() -> records.vip(key).isEmpty()
                ? new DriverResult.Done<>(new VipStatus(key, List.of(), List.of()))
                : led(editor.change(key, (distributor, read) -> Outcome.done(read.without(amphoraIds)))));
    }

    /** Traffic first, books last: who dies in between leaves a record, and so somebody who goes on. */
    @Override
    public Operation<VipStatus> removeVip(VipKey key) {
        return thread.run(() -> {
            Optional<VipRecord> read = records.vip(key);
            if (read.isPresent()) {
                files.remove(read.get().vips());
                editor.remove(key);
            }
            return new DriverResult.Done<>(new VipStatus(key, List.of(), List.of()));
        });
    }

    @Override
    public Operation<VipStatus> drainAmphorae(VipKey key, List<String> amphoraIds, Duration deadline) {
        return RunningOperation.ended(DriverResult.refused(new Refusal(
                Refusal.Kind.UNSUPPORTED,
                "amphora_id",
                amphoraIds.toString(),
                "a file of routes ends no flow gently")));
    }

    @Override
    public CompletionStage<DriverResult<DistributorStatus>> status(String id) {
        return thread.run(() -> shown(id)).result();
    }

    private DriverResult<DistributorStatus> shown(String id) throws StoreException {
        Outcome<DistributorRecord> found = editor.distributor(id);
        return found instanceof Outcome.Refused<DistributorRecord> refused
                ? new DriverResult.Refused<>(refused.reasons())
                : new DriverResult.Done<>(new DistributorStatus(
                        id,
                        List.of(),
                        records.vips(id).stream().map(files::status).toList(),
                        List.of()));
    }

    /** What is wanted is stored by now; this brings it about. */
    private DriverResult<VipStatus> led(Outcome<RecordEditor.Edited> outcome) throws StoreException {
        if (outcome instanceof Outcome.Refused<RecordEditor.Edited> refused) {
            return new DriverResult.Refused<>(refused.reasons());
        }
        VipRecord record = ((Outcome.Done<RecordEditor.Edited>) outcome).value().after();
        try {
            lead(record);
        } catch (IOException e) {
            return new DriverResult.Unfinished<>(files.status(record), List.of(String.valueOf(e)));
        }
        return new DriverResult.Done<>(files.status(record));
    }

    /** Another controller may have changed the record since it was read, and written its file before ours. */
    private void lead(VipRecord first) throws StoreException, IOException {
        Optional<VipRecord> now = Optional.of(first);
        for (VipRecord written = null; now.isPresent() && !now.get().equals(written); ) {
            written = now.get();
            files.write(written);
            now = records.vip(first.key());
        }
        if (now.isEmpty()) {
            files.remove(first.vips());
        }
    }

    /** Now and then, all of it again: whatever couldn't be written, or was changed by somebody else. */
    private void repair() throws StoreException, IOException {
        for (String id : records.distributors(ROUTE_FILE)) {
            for (VipRecord record : records.vips(id)) {
                lead(record);
            }
        }
    }

    @Deactivate
    public void close() {
        thread.close();
    }
}
