// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal.place;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.l3distributor.distributor.driver.Assignment;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.net.IpAddress;

/**
 * What a record's members and the distributor's speakers make of its assignments.
 *
 * @param record with the assignments that are wanted now; those that stood before and aren't wanted are leaving
 */
public record Wish(VipRecord record, List<Shortage> shortages) {
    public Wish {
        shortages = List.copyOf(shortages);
    }

    public static Wish of(DistributorRecord distributor, VipRecord record) {
        Placed placed = switch (distributor.topology()) {
            case COMBINED -> ownRoutes(record);
            case DEDICATED ->
                Placement.place(
                        record.vips(),
                        record.members(),
                        distributor.speakers(),
                        distributor.redundancy(),
                        record.assignments());
        };
        Set<Assignment> wanted = new HashSet<>(placed.assignments());
        List<Assignment> all = new ArrayList<>(placed.assignments());
        for (Assignment before : record.assignments()) {
            if (!wanted.contains(before.asWanted())) {
                all.add(before.asLeaving());
            }
        }
        return new Wish(record.withAssignments(all), placed.shortages());
    }

    /** Every member announces its own next hop to all of its peers. */
    private static Placed ownRoutes(VipRecord record) {
        List<Assignment> own = new ArrayList<>();
        List<Shortage> shortages = new ArrayList<>();
        for (IpAddress vip : record.vips()) {
            for (Member member : record.members()) {
                member.nextHop(vip.family())
                        .ifPresentOrElse(
                                nextHop -> own.add(
                                        Assignment.wanted(member.amphoraId(), member.amphoraId(), vip, nextHop, null)),
                                () -> shortages.add(new Shortage.NoNextHop(vip, member.amphoraId())));
            }
        }
        return new Placed(own, shortages);
    }

    /** The record without those leaving assignments whose withdrawal is known. */
    public static VipRecord settled(VipRecord record, Collection<Assignment> withdrawn) {
        return record.withAssignments(record.assignments().stream()
                .filter(a -> !(a.leaving() && withdrawn.contains(a)))
                .toList());
    }
}
