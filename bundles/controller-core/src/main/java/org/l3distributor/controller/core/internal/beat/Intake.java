// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.beat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.l3distributor.controller.core.internal.beat.Receiver.Datagram;
import org.l3distributor.controller.core.internal.health.HealthMachine;
import org.l3distributor.controller.core.internal.state.Outlook;
import org.l3distributor.distributor.controller.AmphoraHealth;
import org.l3distributor.distributor.controller.ListenerStatistics;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.heartbeat.Envelope;
import org.l3distributor.heartbeat.Heartbeat;
import org.l3distributor.net.Secret;

/**
 * Writes what datagrams say, many in one transaction. Opens, reads and judges them outside of it; only what is new, true and
 * of an amphora that should be there gets to the tables. For one thread.
 */
final class Intake {
    private final ControllerStore store;
    private final Secret key;
    private final HealthMachine machine;
    private final Counts counts;
    private final Duration patience;
    private final Outlook outlook;
    private final StateWriter states;
    private final Tally tally = new Tally();
    /** When each was heard last, by this controller's clock. */
    private final Map<String, Instant> alive = new LinkedHashMap<>();

    private Tables tables = Tables.NONE;
    private boolean stale = true;

    /** @param patience for so long an opinion counts, and a word of a speaker: longer than all controllers need to hear all amphorae */
    Intake(ControllerStore store, Secret key, HealthMachine machine, Duration patience, Counts counts) {
        this.store = store;
        this.key = key;
        this.machine = machine;
        this.counts = counts;
        this.patience = patience;
        outlook = new Outlook(patience);
        states = new StateWriter(store, patience);
    }

    /** Learns which amphorae there are, what each should run, and what the tables say of it. */
    void refresh(Instant now) throws StoreException {
        tables = store.in(tx -> Tables.read(tx, patience));
        stale = false;
        machine.known(tables.known());
        outlook.tables(tables.places(), now);
        tally.retain(tables.known().keySet(), tables.listeners());
    }

    /** Whether a heartbeat has told of something that wasn't there at the last refresh. */
    boolean isStale() {
        return stale;
    }

    /** Judges a batch; nothing is written yet. */
    void take(List<Datagram> batch, Instant now) {
        for (Datagram datagram : batch) {
            read(datagram).ifPresent(heartbeat -> {
                HealthMachine.Decision decision = machine.on(heartbeat, datagram.received(), now);
                switch (decision) {
                    case ALIVE -> {
                        counts.alive.increment();
                        alive.put(heartbeat.amphora(), datagram.received());
                        told(heartbeat, now);
                    }
                    case INCOMPLETE -> {
                        counts.refuse(Counts.Why.INCOMPLETE);
                        told(heartbeat, now);
                    }
                    case UNKNOWN -> {
                        counts.refuse(Counts.Why.UNKNOWN);
                        stale = true;
                    }
                    case OLD -> counts.refuse(Counts.Why.OLD);
                    case LATE -> counts.refuse(Counts.Why.LATE);
                }
            });
        }
    }

    /**
     * Writes what was taken. Who was heard is written with the time at which it was, however long that is ago: the tables may
     * have been away since, and an amphora may have died meanwhile. What can't be written of who lives is lost, since the next
     * heartbeats say the same; what was counted, and states that have changed, are kept.
     *
     * @param clock the one by which datagrams were received
     */
    void flush(Clock clock) throws StoreException {
        Map<String, Instant> living = Map.copyOf(alive);
        alive.clear();
        List<ListenerStatistics> statistics = tally.due();
        if (!living.isEmpty() || !statistics.isEmpty()) {
            store.run(tx -> {
                tx.health().heard(heard(living, tx.now(), clock.instant()));
                tx.statistics().add(statistics);
            });
            tally.written();
        }
        stale |= !states.write(outlook, clock.instant()).isEmpty();
    }

    /** The tables' clock is the one of all controllers; by a controller's own it is only told how long ago something was. */
    private static List<AmphoraHealth> heard(Map<String, Instant> living, Instant there, Instant here) {
        List<AmphoraHealth> rows = new ArrayList<>();
        living.forEach((id, received) -> {
            Duration ago = Duration.between(received, here);
            rows.add(new AmphoraHealth(id, ago.isNegative() ? there : there.minus(ago), false));
        });
        return rows;
    }

    private void told(Heartbeat heartbeat, Instant now) {
        tally.add(heartbeat, tables.listeners());
        outlook.heard(heartbeat, now);
        stale |= !tables.listeners().containsAll(heartbeat.listeners().keySet());
    }

    private Optional<Heartbeat> read(Datagram datagram) {
        Envelope.Opened opened = Envelope.open(datagram.bytes(), datagram.bytes().length, key);
        if (opened instanceof Envelope.Opened.Rejected rejected) {
            counts.refuse(
                    switch (rejected.reason()) {
                        case LENGTH -> Counts.Why.LENGTH;
                        case HMAC -> Counts.Why.HMAC;
                        case COMPRESSION -> Counts.Why.COMPRESSION;
                        case BOMB -> Counts.Why.BOMB;
                    });
            return Optional.empty();
        }
        Heartbeat.Read read = Heartbeat.read(((Envelope.Opened.Message) opened).json());
        if (read instanceof Heartbeat.Read.Message message) {
            return Optional.of(message.heartbeat());
        }
        counts.refuse(Counts.Why.MALFORMED);
        return Optional.empty();
    }
}
