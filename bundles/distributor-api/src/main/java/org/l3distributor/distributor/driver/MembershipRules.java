// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.net.IpAddress;

/** Who may serve a VIP beside whom; pure, and the same for every driver. */
public final class MembershipRules {
    private MembershipRules() {}

    /** Every reason against these members of these VIPs; empty when there is none. */
    public static List<Refusal> check(List<IpAddress> vips, List<Member> members) {
        List<Refusal> reasons = new ArrayList<>();
        Map<IpAddress, String> owners = new HashMap<>();
        for (Member member : members) {
            if (vips.stream().noneMatch(vip -> member.nextHop(vip.family()).isPresent())) {
                reasons.add(Refusal.invalid(
                        "frontend_ip",
                        member.frontendIps().get(0).toString(),
                        "amphora " + member.amphoraId() + " has no front-end address of the family of any VIP"));
            }
            for (IpAddress address : member.frontendIps()) {
                if (vips.contains(address)) {
                    reasons.add(Refusal.invalid(
                            "frontend_ip",
                            address.toString(),
                            "must be another address than the VIP: it is where the VIP's traffic is sent to"));
                }
                String other = owners.putIfAbsent(address, member.amphoraId());
                if (other != null && !other.equals(member.amphoraId())) {
                    reasons.add(Refusal.conflict(
                            "frontend_ip",
                            address.toString(),
                            "is that of amphora " + other + ", and can't be that of amphora " + member.amphoraId()
                                    + " too"));
                }
            }
        }
        return reasons;
    }
}
