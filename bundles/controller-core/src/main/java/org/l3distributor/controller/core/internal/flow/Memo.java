// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a task remembers from step to step. Whatever of it is lost with a controller is found out again, since what it
 * stands for may be done twice.
 *
 * @param ownerId the load balancer or the distributor whose amphorae it is about; "" where that is the task's target
 * @param own the amphorae that this task makes, by the order in which it planned them
 * @param leaving the amphorae that it takes out
 * @param configured amphora to the digest of the configuration that it runs
 * @param facts what was done, such as {@code booted:ID}
 * @param failures what was tried in vain, and how often
 * @param planned how many amphorae it has planned since it began
 * @param until milliseconds since 1970 at which a waiting ends, 0 = none has begun
 */
public record Memo(
        String ownerId,
        List<String> own,
        List<String> leaving,
        Map<String, String> configured,
        List<String> facts,
        Map<String, Integer> failures,
        int planned,
        long until) {
    public static final Memo EMPTY = new Memo("", List.of(), List.of(), Map.of(), List.of(), Map.of(), 0, 0);

    public Memo {
        own = List.copyOf(own);
        leaving = List.copyOf(leaving);
        configured = Map.copyOf(configured);
        facts = List.copyOf(new TreeSet<>(facts));
        failures = Map.copyOf(failures);
    }

    /**
     * That of a replacement. It names whose amphora it is, since the old one's row is gone before the task is over.
     *
     * @param keepFirst whether the old amphora stays in service until the new one is
     */
    public static Memo replacement(String ownerId, boolean keepFirst) {
        Memo memo = new Memo(ownerId, List.of(), List.of(), Map.of(), List.of(), Map.of(), 0, 0);
        return keepFirst ? memo.with("keep") : memo;
    }

    /** That of a task about an amphora of a load balancer or a distributor. */
    public static Memo about(String ownerId) {
        return replacement(ownerId, false);
    }

    boolean knows(String fact) {
        return facts.contains(fact);
    }

    Memo with(String fact) {
        List<String> more = new ArrayList<>(facts);
        more.add(fact);
        return new Memo(ownerId, own, leaving, configured, more, failures, planned, until);
    }

    /** Amphorae that this task makes, and how many it has planned since it began. */
    Memo planned(List<String> ids) {
        List<String> more = new ArrayList<>(own);
        more.addAll(ids);
        return new Memo(ownerId, more, leaving, configured, facts, failures, planned + ids.size(), until);
    }

    Memo taking(List<String> ids) {
        List<String> more = new ArrayList<>(leaving);
        more.addAll(ids);
        return new Memo(ownerId, own, more, configured, facts, failures, planned, until);
    }

    /** One of its own that won't come up: it goes, and never served. */
    Memo givingUp(String id) {
        List<String> others = own.stream().filter(i -> !i.equals(id)).toList();
        Memo next = new Memo(ownerId, others, leaving, configured, facts, failures, planned, until);
        return next.taking(List.of(id)).with("unused:" + id);
    }

    /** It isn't there any more, and nothing of it is remembered: a task may see many amphorae come and go. */
    Memo without(String id) {
        Map<String, String> runs = new HashMap<>(configured);
        runs.remove(id);
        Map<String, Integer> vain = new HashMap<>(failures);
        vain.keySet().removeIf(key -> key.contains(id));
        return new Memo(
                ownerId,
                own.stream().filter(i -> !i.equals(id)).toList(),
                leaving.stream().filter(i -> !i.equals(id)).toList(),
                runs,
                facts.stream().filter(fact -> !fact.contains(id)).toList(),
                vain,
                planned,
                until);
    }

    Memo configured(String amphoraId, String digest) {
        Map<String, String> more = new HashMap<>(configured);
        more.put(amphoraId, digest);
        return new Memo(ownerId, own, leaving, more, facts, failures, planned, until);
    }

    int failures(String effect) {
        return failures.getOrDefault(effect, 0);
    }

    Memo failed(String effect) {
        Map<String, Integer> more = new TreeMap<>(failures);
        more.merge(effect, 1, Integer::sum);
        return new Memo(ownerId, own, leaving, configured, facts, more, planned, until);
    }

    Memo waitingUntil(long milliseconds) {
        return new Memo(ownerId, own, leaving, configured, facts, failures, planned, milliseconds);
    }
}
