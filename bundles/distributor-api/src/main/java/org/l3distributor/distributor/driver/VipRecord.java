// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.l3distributor.net.IpAddress;

/**
 * What is wanted of one load balancer's VIPs.
 *
 * @param vips the VIP and the additional VIPs, none twice
 * @param members who serves them, ordered by id
 * @param assignments who announces which member to whom, and what of that is not withdrawn yet; in their order, none twice
 * @param version changes with each change of the record, and compares for nothing but equality
 */
public record VipRecord(
        VipKey key, List<IpAddress> vips, List<Member> members, List<Assignment> assignments, long version) {
    public VipRecord {
        vips = List.copyOf(vips);
        members = List.copyOf(members);
        assignments = assignments.stream().sorted().distinct().toList();
        if (vips.isEmpty() || vips.stream().distinct().count() != vips.size()) {
            throw new IllegalArgumentException("VIPs must be at least one and none twice, got " + vips);
        }
    }

    /** One without members. */
    public static VipRecord of(VipKey key, List<IpAddress> vips) {
        return new VipRecord(key, vips, List.of(), List.of(), 0);
    }

    public Optional<Member> member(String amphoraId) {
        return members.stream().filter(m -> m.amphoraId().equals(amphoraId)).findFirst();
    }

    /** With these members added, or put in the place of those with the same id. */
    public VipRecord with(List<Member> added) {
        Map<String, Member> all = new TreeMap<>();
        members.forEach(m -> all.put(m.amphoraId(), m));
        added.forEach(m -> all.put(m.amphoraId(), m));
        return new VipRecord(key, vips, List.copyOf(all.values()), assignments, version);
    }

    /** Without the members of these ids, if they are there. */
    public VipRecord without(List<String> amphoraIds) {
        List<Member> left = members.stream()
                .filter(m -> !amphoraIds.contains(m.amphoraId()))
                .toList();
        return new VipRecord(key, vips, left, assignments, version);
    }

    public VipRecord withAssignments(List<Assignment> placed) {
        return new VipRecord(key, vips, members, placed, version);
    }

    /** Whether only the version tells the two apart. */
    public boolean sameAs(VipRecord other) {
        return key.equals(other.key)
                && vips.equals(other.vips)
                && members.equals(other.members)
                && assignments.equals(other.assignments);
    }
}
