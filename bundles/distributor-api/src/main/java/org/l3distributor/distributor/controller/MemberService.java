// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.model.Outcome;
import org.osgi.annotation.versioning.ProviderType;

/** Members of a pool; answers and refuses as {@link LoadBalancerService} does, and {@link MemberRules} decides. */
@ProviderType
public interface MemberService {
    CompletionStage<Outcome<Member>> create(String poolId, MemberDraft draft);

    CompletionStage<Outcome<Member>> find(String poolId, String id);

    CompletionStage<Outcome<List<Member>>> list(String poolId, ListQuery query);

    CompletionStage<Outcome<Member>> change(String poolId, String id, MemberChange change);

    CompletionStage<Outcome<Member>> delete(String poolId, String id);

    /**
     * Makes, changes and deletes members until the pool has those that are given; a member is known by its address and
     * port.
     *
     * @param additive none is deleted
     * @return all members of the pool
     */
    CompletionStage<Outcome<List<Member>>> replace(String poolId, List<MemberDraft> members, boolean additive);
}
