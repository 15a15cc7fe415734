// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.amphora.OwnVipStatus;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.distributor.model.Registration;
import org.l3distributor.distributor.model.RegistrationStatus;
import org.l3distributor.distributor.model.Removal;
import org.l3distributor.distributor.model.RemovalResult;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One amphora's API. All calls are idempotent, and repeated within their deadline while the amphora can't be reached.
 * Stages never complete exceptionally.
 */
@ProviderType
public interface AmphoraClient {
    /** Registers all in one transaction, or none. Rejected with status 409 where one contradicts what stands. */
    CompletionStage<CallResult<List<RegistrationStatus>>> register(List<Registration> registrations);

    /** Removes all in one transaction; what isn't there is reported, and no failure. */
    CompletionStage<CallResult<RemovalResult>> unregister(List<Removal> removals);

    /** All registrations of amphorae, page by page; those that change meanwhile may be missing or there. */
    CompletionStage<CallResult<List<RegistrationStatus>>> registrations();

    /** The VIPs that the amphora serves itself. */
    CompletionStage<CallResult<List<OwnVipStatus>>> ownVips();

    /** Withdraws and stops a load balancer that the amphora holds; one that it doesn't hold is stopped. */
    CompletionStage<CallResult<Reply.Ok>> stop(String loadBalancerId);
}
