// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.l3distributor.distributor.controller.AmphoraHealth;

/**
 * Tells a mass failure from dead amphorae: when very many fall silent together it's the management network, or the
 * controllers, and these amphorae are held: nobody declares them dead. Others that are silent have nothing to do with it.
 *
 * <p>Decided from the tables alone, so that all controllers say the same and a restart changes nothing. Those that were
 * declared dead already (busy) count with those that fell silent together with them, and with nobody else: else a network
 * that goes down would be found a few amphorae at a time, each few of them not many. An operator's word that they're dead is
 * in the tables as well ({@link AmphoraHealth#givenUp}): these count with nobody.
 */
public final class Breaker {
    /** So many may always fall silent together: a small place must heal too. */
    static final long ALWAYS = 3;

    /** Otherwise this part of all. */
    static final double SHARE = 0.2;

    private static final Comparator<AmphoraHealth> LONGEST_FIRST =
            Comparator.comparing(AmphoraHealth::lastUpdate).thenComparing(AmphoraHealth::amphoraId);

    /**
     * Amphorae that fell silent together, more than may.
     *
     * @param amphorae those that are late only, and those that were declared dead, too; the longest silent first
     * @param trial of whom one may be declared dead now; empty before the patience is over, and while it is awaited what
     *     becomes of one of them
     */
    public record Mass(List<AmphoraHealth> amphorae, List<String> trial) {
        public Mass {
            amphorae = List.copyOf(amphorae);
            trial = List.copyOf(trial);
        }
    }

    /**
     * @param dead the silent ones that may be declared dead, the longest silent first
     * @param masses of those that are held
     */
    public record Verdict(List<String> dead, List<Mass> masses) {
        public Verdict {
            dead = List.copyOf(dead);
            masses = List.copyOf(masses);
        }

        /** Those that are held, and that nobody has declared dead. */
        public Set<String> held() {
            Set<String> held = new HashSet<>();
            masses.forEach(mass ->
                    mass.amphorae().stream().filter(row -> !row.busy()).forEach(row -> held.add(row.amphoraId())));
            return held;
        }
    }

    private Breaker() {}

    /** So many amphorae may fall silent together. */
    public static long threshold(long all) {
        return Math.max(ALWAYS, (long) Math.floor(SHARE * all));
    }

    /**
     * What to think of silence.
     *
     * @param late all that are late at least, busy ones too
     * @param all how many amphorae are waited for
     */
    public static Verdict judge(Silence silence, List<AmphoraHealth> late, long all, Instant now) {
        List<AmphoraHealth> told = late.stream()
                .filter(row -> !row.givenUp())
                .sorted(LONGEST_FIRST)
                .toList();
        Instant silentSince = now.minus(silence.timeout());
        List<Mass> masses = new ArrayList<>();
        Set<AmphoraHealth> held = new HashSet<>();
        for (List<AmphoraHealth> mass : masses(silence, told, threshold(all))) {
            masses.add(new Mass(mass, trial(silence, mass, now)));
            held.addAll(mass);
        }
        List<String> dead = late.stream()
                .sorted(LONGEST_FIRST)
                .filter(row ->
                        !row.busy() && !held.contains(row) && row.lastUpdate().isBefore(silentSince))
                .map(AmphoraHealth::amphoraId)
                .toList();
        return new Verdict(dead, masses);
    }

    /** Those with more than so many in one window; windows that share somebody are one mass. */
    private static List<List<AmphoraHealth>> masses(Silence silence, List<AmphoraHealth> told, long threshold) {
        List<List<AmphoraHealth>> masses = new ArrayList<>();
        int from = 0;
        int to = -1; // of the mass that grows; nobody yet
        int first = 0;
        for (int last = 0; last < told.size(); last++) {
            Instant begins = told.get(last).lastUpdate().minus(silence.window());
            while (told.get(first).lastUpdate().isBefore(begins)) {
                first++;
            }
            if (last - first + 1 > threshold) {
                if (first > to) {
                    add(masses, told, from, to);
                    from = first;
                }
                to = last;
            }
        }
        add(masses, told, from, to);
        return masses;
    }

    private static void add(List<List<AmphoraHealth>> masses, List<AmphoraHealth> told, int from, int to) {
        if (to >= from) {
            masses.add(told.subList(from, to + 1));
        }
    }

    private static List<String> trial(Silence silence, List<AmphoraHealth> mass, Instant now) {
        Instant last = mass.get(mass.size() - 1).lastUpdate();
        boolean patient = silence.patience().isZero()
                || now.isBefore(last.plus(silence.timeout()).plus(silence.patience()));
        boolean tried = mass.stream().anyMatch(AmphoraHealth::busy);
        return patient || tried
                ? List.of()
                : mass.stream().map(AmphoraHealth::amphoraId).toList();
    }
}
