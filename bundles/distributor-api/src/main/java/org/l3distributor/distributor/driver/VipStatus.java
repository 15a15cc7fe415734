// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.driver;

import java.util.List;

/**
 * One load balancer's VIPs at this moment.
 *
 * @param members a row for each VIP and member, by VIP and amphora id; empty once the VIPs are gone
 * @param problems what an operator should know, one sentence each
 */
public record VipStatus(VipKey key, List<MemberStatus> members, List<String> problems) {
    public VipStatus {
        members = List.copyOf(members);
        problems = List.copyOf(problems);
    }
}
