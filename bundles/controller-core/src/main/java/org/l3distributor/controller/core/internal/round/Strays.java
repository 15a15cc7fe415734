// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.round;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which machines and ports nobody knows, and for how long. Pure.
 *
 * @param since amphora id to when it was first found unknown, milliseconds since 1970
 * @param due those that have been unknown for the grace, the longest first
 */
record Strays(Map<String, Long> since, List<String> due) {
    Strays {
        since = Map.copyOf(since);
        due = List.copyOf(due);
    }

    /**
     * @param found the amphora ids of all machines and ports; they were listed before {@code known} was read
     * @param known all amphorae of the tables
     * @param before what the last look left
     * @param most so many are due at once
     */
    static Strays of(
            Set<String> found, Set<String> known, Map<String, Long> before, Instant now, Duration grace, int most) {
        Set<String> unknown = new TreeSet<>(found);
        unknown.removeAll(known);
        Map<String, Long> since = new TreeMap<>();
        for (String id : unknown) {
            if (since.size() < Notes.MOST) {
                since.put(id, before.getOrDefault(id, now.toEpochMilli()));
            }
        }
        long latest = now.minus(grace).toEpochMilli();
        List<Map.Entry<String, Long>> old = new ArrayList<>(since.entrySet());
        old.removeIf(one -> one.getValue() > latest);
        old.sort(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()));
        return new Strays(since, old.stream().limit(most).map(Map.Entry::getKey).toList());
    }
}
