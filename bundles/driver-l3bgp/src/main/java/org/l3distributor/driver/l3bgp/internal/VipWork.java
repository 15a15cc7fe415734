// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.driver.Assignment;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.DistributorRecord.Topology;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.driver.Progress;
import org.l3distributor.distributor.driver.RecordEditor;
import org.l3distributor.distributor.driver.RunningOperation;
import org.l3distributor.distributor.driver.SpeakerHost;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.driver.l3bgp.internal.place.Wish;

/**
 * What every operation on a VIP does, and repair too: decide what is wanted and make it durable, bring it about, and
 * forget those withdrawals that are known to be done.
 */
final class VipWork {
    /** Between two looks at routes that are on their way. */
    private static final int LOOK_AGAIN_MS = 200;

    /** What part of the patience is for members that may be about to serve: a start of HAProxy, and not a user's listener. */
    private static final int OF_PATIENCE = 10;

    private final DistributorRecords records;
    private final RecordEditor editor;
    private final Desk desk;
    private final Map<Topology, Wire> wires;
    private final Duration patience;

    /** @param patience how long routes that are on their way are waited for */
    VipWork(DistributorRecords records, RecordEditor editor, Desk desk, Map<Topology, Wire> wires, Duration patience) {
        this.records = records;
        this.editor = editor;
        this.desk = desk;
        this.wires = wires;
        this.patience = patience;
    }

    /**
     * What was brought about.
     *
     * @param wish what is wanted now, without what is known to be withdrawn
     */
    record Ended(Wish wish, Pass pass) {}

    /** The edit with its consequences for the assignments. */
    static RecordEditor.Edit placing(RecordEditor.Edit edit) {
        return (distributor, read) -> {
            Outcome<VipRecord> decided = edit.decide(distributor, read);
            return decided instanceof Outcome.Done<VipRecord> done
                    ? Outcome.done(Wish.of(distributor, done.value()).record())
                    : decided;
        };
    }

    /** Edits, passes, and looks again while routes are on their way. To be run in the VIP's lane. */
    CompletionStage<Outcome<Ended>> run(VipKey key, RecordEditor.Edit edit, RunningOperation<?> operation) {
        operation.progress(Progress.Phase.PLACING, 0, 0, "");
        long begun = System.nanoTime();
        return desk.work(() -> editor.change(key, placing(edit)))
                .thenCompose(outcome -> pass(key, outcome, Map.of(), operation, begun));
    }

    /** One pass over a VIP as its record is, for the sake of repair. To be run in the VIP's lane. */
    CompletionStage<Outcome<Ended>> mend(VipKey key, Map<String, List<Registration>> strays) {
        return desk.work(() -> editor.change(key, placing((distributor, read) -> Outcome.done(read))))
                .thenCompose(outcome -> pass(key, outcome, strays, new RunningOperation<>(), 0));
    }

    /** @param begun 0 = nothing is waited for */
    private CompletionStage<Outcome<Ended>> pass(
            VipKey key,
            Outcome<RecordEditor.Edited> outcome,
            Map<String, List<Registration>> strays,
            RunningOperation<?> operation,
            long begun) {
        if (outcome instanceof Outcome.Refused<RecordEditor.Edited> refused) {
            return CompletableFuture.completedStage(Outcome.refused(refused.reasons()));
        }
        RecordEditor.Edited edited = ((Outcome.Done<RecordEditor.Edited>) outcome).value();
        boolean leaving = edited.after().assignments().stream().anyMatch(Assignment::leaving);
        operation.progress(
                leaving ? Progress.Phase.WITHDRAWING : Progress.Phase.ANNOUNCING,
                0,
                edited.after().assignments().size(),
                "");
        return desk.work(() -> job(edited, unwanted(edited, strays)))
                .thenCompose(job -> wire(edited.distributor()).pass(job))
                .thenCompose(pass -> desk.work(() -> settle(key, edited, pass)))
                .thenCompose(ended -> desk.work(() -> overtaken(key, edited)).thenCompose(stale -> {
                    if (!stale.isEmpty()) {
                        return takeBack(key, edited, stale, operation, begun);
                    }
                    boolean again = begun != 0 && System.nanoTime() - begun < worthWaiting(ended);
                    return again
                            ? desk.later(LOOK_AGAIN_MS, () -> again(key))
                                    .thenCompose(next -> pass(key, next, Map.of(), operation, begun))
                            : CompletableFuture.completedStage(Outcome.done(ended));
                }));
    }

    /** Nanoseconds since it began for which an operation looks again. */
    private long worthWaiting(Ended ended) {
        VipRecord record = ended.wish().record();
        if (ended.pass().pending(record)) {
            return patience.toNanos();
        }
        return ended.pass().idle(record) ? patience.toNanos() / OF_PATIENCE : 0;
    }

    /**
     * Routes that this pass has announced, and that somebody else's operation took out of the record, and so off the wire,
     * while it did. By speaker.
     */
    private Map<String, List<Registration>> overtaken(VipKey key, RecordEditor.Edited edited) throws StoreException {
        if (edited.distributor().topology() == Topology.COMBINED) {
            return Map.of(); // nothing is announced by a pass
        }
        Set<Assignment> known = new HashSet<>();
        records.vip(key).ifPresent(now -> now.assignments().forEach(a -> known.add(a.asWanted())));
        Map<String, List<Registration>> stale = new HashMap<>();
        for (Assignment assignment : edited.after().assignments()) {
            if (!assignment.leaving() && !known.contains(assignment)) {
                stale.computeIfAbsent(assignment.speakerId(), id -> new ArrayList<>())
                        .add(assignment.registration());
            }
        }
        return stale;
    }

    private CompletionStage<Outcome<Ended>> takeBack(
            VipKey key,
            RecordEditor.Edited edited,
            Map<String, List<Registration>> stale,
            RunningOperation<?> operation,
            long begun) {
        return desk.work(() -> again(key)).thenCompose(next -> {
            if (next instanceof Outcome.Done) {
                return pass(key, next, stale, operation, begun);
            }
            // No record any more: what is left of it is what this pass has brought back.
            VipRecord rest = edited.after().withAssignments(List.of());
            return desk.work(() -> job(new RecordEditor.Edited(edited.distributor(), null, rest), stale))
                    .thenCompose(job -> wire(edited.distributor()).pass(job))
                    .thenApply(pass -> Outcome.refused(((Outcome.Refused<RecordEditor.Edited>) next).reasons()));
        });
    }

    private Outcome<RecordEditor.Edited> again(VipKey key) throws StoreException {
        return editor.change(key, placing((distributor, read) -> Outcome.done(read)));
    }

    /** What was a stray when it was seen may be wanted now. */
    private static Map<String, List<Registration>> unwanted(
            RecordEditor.Edited edited, Map<String, List<Registration>> strays) {
        Set<String> wanted = new HashSet<>();
        edited.after().assignments().forEach(a -> wanted.add(a.speakerId() + " " + a.registration()));
        Map<String, List<Registration>> left = new HashMap<>();
        strays.forEach((id, rows) -> left.put(
                id, rows.stream().filter(r -> !wanted.contains(id + " " + r)).toList()));
        return left;
    }

    private Wire.Job job(RecordEditor.Edited edited, Map<String, List<Registration>> strays) throws StoreException {
        Set<String> known = new HashSet<>();
        edited.distributor().speakers().stream().map(SpeakerHost::amphoraId).forEach(known::add);
        edited.after().members().forEach(m -> known.add(m.amphoraId()));
        Map<String, InetSocketAddress> apis = new HashMap<>();
        for (Assignment assignment : edited.after().assignments()) {
            if (!known.contains(assignment.speakerId())) {
                Optional<InetSocketAddress> api = records.api(assignment.speakerId());
                api.ifPresent(there -> apis.put(assignment.speakerId(), there));
            }
        }
        return new Wire.Job(edited.distributor(), edited.after(), apis, strays);
    }

    Wire wire(DistributorRecord distributor) {
        return java.util.Objects.requireNonNull(wires.get(distributor.topology()));
    }

    private Ended settle(VipKey key, RecordEditor.Edited edited, Pass pass) throws StoreException {
        Set<Assignment> withdrawn = pass.withdrawn();
        VipRecord now = edited.after();
        if (!withdrawn.isEmpty()) {
            Outcome<RecordEditor.Edited> settled =
                    editor.change(key, (distributor, read) -> Outcome.done(Wish.settled(read, withdrawn)));
            // Refused means that the record is gone: nothing is wanted, and what was withdrawn stays so.
            now = settled instanceof Outcome.Done<RecordEditor.Edited> done
                    ? done.value().after()
                    : Wish.settled(now, withdrawn);
        }
        return new Ended(new Wish(now, Wish.of(edited.distributor(), now).shortages()), pass);
    }
}
