// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.l3distributor.client.AmphoraClients;
import org.l3distributor.client.AmphoraEndpoint;
import org.l3distributor.distributor.driver.Assignment;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.driver.DriverResult;
import org.l3distributor.distributor.driver.SpeakerHost;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.driver.l3bgp.internal.place.Wish;

/**
 * Compares what is wanted with what every amphora says that it holds, and mends the difference. What amphorae hold is
 * read before what is wanted, so that a route which an operation is just bringing about is never taken for a stray.
 */
final class Repair implements AutoCloseable {
    private static final int VIPS_AT_A_TIME = 16;
    private static final int ROWS_AT_A_TIME = 1000;

    private final DistributorRecords records;
    private final AmphoraClients clients;
    private final Desk desk;
    private final Lanes<VipKey> lanes;
    private final VipWork work;
    private final DriverMetrics metrics;
    private final ScheduledExecutorService clock;
    private final Lanes<String> rounds = new Lanes<>();
    private final Duration interval;

    Repair(
            DistributorRecords records,
            AmphoraClients clients,
            Desk desk,
            Lanes<VipKey> lanes,
            VipWork work,
            DriverMetrics metrics,
            Duration interval) {
        this.records = records;
        this.clients = clients;
        this.desk = desk;
        this.lanes = lanes;
        this.work = work;
        this.metrics = metrics;
        this.interval = interval;
        clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "l3bgp-repair");
            thread.setDaemon(true);
            return thread;
        });
        next();
    }

    private void next() {
        if (!interval.isZero() && !desk.closed()) {
            Future<?> unused = clock.schedule(this::scheduled, interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void scheduled() {
        round().whenComplete((report, thrown) -> {
            if (thrown == null) {
                tell(report);
            } else if (!desk.closed()) {
                DriverResult<?> failed = Desk.failed(thrown);
                DriverLog.notRepaired(failed instanceof DriverResult.Failed<?> told ? told.reason() : "");
            }
            CompletionStage<Void> unused = CompletableFuture.runAsync(this::next, task -> {
                if (!clock.isShutdown()) {
                    clock.execute(task);
                }
            });
        });
    }

    private static void tell(RepairReport report) {
        if (report.mended() > 0 || report.unasked() > 0) {
            DriverLog.repaired(report);
        }
    }

    /** A round over all distributors of the type, after the one that may be under way. */
    CompletionStage<RepairReport> round() {
        return rounds.run("", () -> {
            long begun = System.nanoTime();
            Count count = new Count();
            return desk.work(() -> records.distributors(L3BgpDriver.L3_BGP))
                    .thenCompose(ids -> Crowd.each(ids, 1, id -> distributor(id, count)))
                    .thenApply(ignored -> count.report(Duration.ofNanos(System.nanoTime() - begun)))
                    .whenComplete((report, thrown) -> {
                        if (thrown == null) {
                            metrics.repaired(report);
                        } else {
                            metrics.notRepaired();
                        }
                    });
        });
    }

    private static final class Count {
        final AtomicInteger distributors = new AtomicInteger();
        final AtomicInteger vips = new AtomicInteger();
        final AtomicInteger mended = new AtomicInteger();
        final AtomicInteger unasked = new AtomicInteger();

        RepairReport report(Duration took) {
            return new RepairReport(distributors.get(), vips.get(), mended.get(), unasked.get(), took);
        }
    }

    private CompletionStage<Void> distributor(String id, Count count) {
        return desk.work(() -> records.distributor(id))
                .thenCompose(found -> found.isEmpty()
                        ? CompletableFuture.completedStage(null) // deleted since the list was read
                        : looked(found.get(), count));
    }

    /** Members that announce themselves are known by the records only, so there what is wanted is read twice. */
    private CompletionStage<Void> looked(DistributorRecord distributor, Count count) {
        count.distributors.incrementAndGet();
        return desk.work(() -> records.vips(distributor.id()))
                .thenCompose(before -> work.wire(distributor).look(distributor, before))
                .thenCompose(look -> desk.work(() -> records.vips(distributor.id()))
                        .thenCompose(vips -> compare(distributor, vips, look, count)));
    }

    private CompletionStage<Void> compare(
            DistributorRecord distributor, List<VipRecord> vips, Wire.Look look, Count count) {
        count.vips.addAndGet(vips.size());
        count.unasked.addAndGet((int) look.speakers().values().stream()
                .filter(seen -> !seen.fault().isEmpty())
                .count());
        return Crowd.each(vips, VIPS_AT_A_TIME, record -> vip(distributor, record, look, count))
                .thenCompose(ignored -> foreign(distributor, vips, look, count));
    }

    private CompletionStage<?> vip(DistributorRecord distributor, VipRecord record, Wire.Look look, Count count) {
        boolean anew = !Wish.of(distributor, record).record().sameAs(record);
        boolean leaving = record.assignments().stream().anyMatch(Assignment::leaving);
        boolean missing = look.missing(record);
        Map<String, List<Registration>> strays = look.strays(record);
        if (!anew && !leaving && !missing && strays.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        count.mended.incrementAndGet();
        int rows = strays.values().stream().mapToInt(List::size).sum();
        DriverLog.mended(record.key(), rows, missing, anew);
        return lanes.run(record.key(), () -> work.mend(record.key(), strays));
    }

    /** VIPs of no record; of one that was made since the look there is nothing in it. */
    private CompletionStage<Void> foreign(
            DistributorRecord distributor, List<VipRecord> vips, Wire.Look look, Count count) {
        Map<String, List<Registration>> foreign = look.foreign();
        return Crowd.each(foreign.keySet(), 1, id -> {
            List<Registration> rows = foreign.getOrDefault(id, List.of()).stream()
                    .filter(r -> vips.stream().noneMatch(v -> v.vips().contains(r.vip())))
                    .toList();
            Optional<SpeakerHost> host = distributor.speakers().stream()
                    .filter(s -> s.amphoraId().equals(id))
                    .findFirst();
            if (rows.isEmpty() || host.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            count.mended.incrementAndGet();
            DriverLog.foreign(id, rows.size());
            return remove(new AmphoraEndpoint(id, host.get().api()), rows, 0);
        });
    }

    private CompletionStage<Void> remove(AmphoraEndpoint speaker, List<Registration> rows, int from) {
        if (from >= rows.size()) {
            return CompletableFuture.completedStage(null);
        }
        int to = Math.min(from + ROWS_AT_A_TIME, rows.size());
        // Whatever becomes of it, the next round looks again.
        return clients.amphora(speaker)
                .unregister(DedicatedWire.removals(rows.subList(from, to)))
                .thenCompose(ignored -> remove(speaker, rows, to));
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
