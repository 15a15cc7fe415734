// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.driver.Assignment;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.DistributorRecords;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.SpeakerHost;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.net.IpAddress;

/**
 * A driver that has every speaker announce every amphora, over the records in the tables, with all that the driver's port
 * promises: what isn't wanted stays in the record until the speaker has taken it back, or there is no such speaker any more.
 */
final class Speech {
    private final DistributorRecords records;
    private final Set<String> instances;
    private final Set<String> dead;
    /** Speaker to the amphorae whose next hops the routers have from it. */
    final Map<String, Set<String>> told = new TreeMap<>();

    final Set<String> distributors = new HashSet<>();

    /** @param dead those of the instances that don't answer */
    Speech(DistributorRecords records, Set<String> instances, Set<String> dead) {
        this.records = records;
        this.instances = instances;
        this.dead = dead;
    }

    /** Its sessions end, and its routes with them. */
    void silenced(String amphoraId) {
        told.remove(amphoraId);
    }

    boolean announce(VipKey key, List<IpAddress> vips, List<Amphora> amphorae) throws StoreException {
        if (records.vip(key).isEmpty()) {
            records.replace(null, VipRecord.of(key, vips)).orElseThrow();
        }
        VipRecord read = records.vip(key).orElseThrow();
        List<Member> members = amphorae.stream()
                .map(a -> new Member(a.id(), null, List.of(a.frontend().ip()), ""))
                .toList();
        return pass(read.with(members));
    }

    /** Whether nothing leads there any more. */
    boolean withdraw(VipKey key, List<String> amphoraIds) throws StoreException {
        Optional<VipRecord> read = records.vip(key);
        return read.isEmpty() || pass(read.get().without(amphoraIds));
    }

    boolean forget(VipKey key) throws StoreException {
        Optional<VipRecord> read = records.vip(key);
        if (read.isEmpty()) {
            return true;
        }
        List<String> all = read.get().members().stream().map(Member::amphoraId).toList();
        return pass(read.get().without(all)) && records.remove(records.vip(key).orElseThrow());
    }

    boolean place(VipKey key) throws StoreException {
        Optional<VipRecord> read = records.vip(key);
        return read.isEmpty() || pass(read.get());
    }

    private boolean pass(VipRecord next) throws StoreException {
        DistributorRecord distributor =
                records.distributor(next.key().distributorId()).orElseThrow();
        List<Assignment> all = new ArrayList<>();
        for (SpeakerHost speaker : distributor.speakers()) {
            for (Member member : speaker.alive() ? next.members() : List.<Member>of()) {
                IpAddress nextHop = member.frontendIps().get(0);
                all.add(Assignment.wanted(
                        speaker.amphoraId(), member.amphoraId(), next.vips().get(0), nextHop, null));
            }
        }
        for (Assignment before : next.assignments()) {
            if (!all.contains(before.asWanted())) {
                all.add(before.asLeaving());
            }
        }
        VipRecord stored = records.replace(records.vip(next.key()).orElseThrow(), next.withAssignments(all))
                .orElseThrow();
        List<Assignment> left = new ArrayList<>();
        boolean whole = true;
        for (Assignment assignment : stored.assignments()) {
            boolean answers = instances.contains(assignment.speakerId()) && !dead.contains(assignment.speakerId());
            if (!assignment.leaving()) {
                left.add(assignment);
                whole &= answers;
                if (answers) {
                    told.computeIfAbsent(assignment.speakerId(), id -> new TreeSet<>())
                            .add(assignment.amphoraId());
                }
            } else if (isAsked(distributor, assignment.speakerId())) {
                if (answers) {
                    told.getOrDefault(assignment.speakerId(), new TreeSet<>()).remove(assignment.amphoraId());
                } else {
                    left.add(assignment);
                    whole = false;
                }
            }
        }
        records.replace(stored, stored.withAssignments(left)).orElseThrow();
        return whole;
    }

    private boolean isAsked(DistributorRecord distributor, String speakerId) throws StoreException {
        Optional<SpeakerHost> host = distributor.speakers().stream()
                .filter(s -> s.amphoraId().equals(speakerId))
                .findFirst();
        return host.isPresent() ? host.get().alive() : records.api(speakerId).isPresent();
    }
}
