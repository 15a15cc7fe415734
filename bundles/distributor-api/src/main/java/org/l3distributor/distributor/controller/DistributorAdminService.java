// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.driver.DistributorStatus;
import org.l3distributor.distributor.model.Outcome;
import org.osgi.annotation.versioning.ProviderType;

/** Distributors, for operators; answers and refuses as {@link AmphoraService} does. */
@ProviderType
public interface DistributorAdminService {
    /**
     * Takes a new one on; its driver is asked afterwards, and its status tells how that went.
     *
     * @param distributor with a new id, without a status; refused INVALID when no driver of its type is there
     */
    CompletionStage<Outcome<DistributorView>> create(Distributor distributor);

    CompletionStage<Outcome<DistributorView>> find(String id);

    /** By {@link Attributes#DISTRIBUTORS}. */
    CompletionStage<Outcome<List<DistributorView>>> list(ListQuery query);

    /** @param expected as it was read; refused CONFLICT when it isn't so any more */
    CompletionStage<Outcome<DistributorView>> change(Distributor expected, Distributor next);

    /** Refused CONFLICT while it has VIPs or amphorae. */
    CompletionStage<Outcome<DistributorView>> delete(String id);

    /** How it is at this moment: asks its driver, which asks its amphorae. NOT_READY when the driver isn't there. */
    CompletionStage<Outcome<DistributorStatus>> status(String id);

    /** Has its driver look at all its VIPs again, now. */
    CompletionStage<Outcome<DistributorView>> repair(String id);

    /**
     * Has an amphora built that announces for a distributor with dedicated speakers.
     *
     * @param speakerIds the speakers of the BGP peer profile that it runs, at least one; refused INVALID when one isn't there,
     *     CONFLICT when the distributor isn't a dedicated one
     */
    CompletionStage<Outcome<AmphoraView>> addAmphora(String id, List<String> speakerIds);
}
