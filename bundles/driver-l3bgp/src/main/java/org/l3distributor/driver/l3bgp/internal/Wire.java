// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.l3distributor.distributor.driver.DistributorRecord;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.model.Registration;

/** How a topology's assignments are brought about, and looked at. Stages complete exceptionally for bugs only. */
interface Wire {
    /** Brings about what a record wants: withdraws what is leaving, then announces what is wanted. */
    CompletionStage<Pass> pass(Job job);

    /** Looks at everything of a distributor, and changes nothing. */
    CompletionStage<Look> look(DistributorRecord distributor, Collection<VipRecord> records);

    /**
     * What is to be brought about.
     *
     * @param apis where amphorae listen that were to announce, and are no part of distributor or record any more; those
     *     that aren't there are deleted, and announce nothing
     * @param strays by speaker, what else it holds for these VIPs, and nobody wants
     */
    record Job(
            DistributorRecord distributor,
            VipRecord record,
            Map<String, InetSocketAddress> apis,
            Map<String, List<Registration>> strays) {}

    /** What was seen of a distributor. */
    interface Look {
        /** Fills in what is known of a record's assignments. */
        Pass of(VipRecord record);

        /** Whether a wanted assignment is missing where a pass can put it. */
        boolean missing(VipRecord record);

        /** By speaker, what it holds for the record's VIPs that is no assignment of the record. */
        Map<String, List<Registration>> strays(VipRecord record);

        /** By speaker, what it holds for VIPs that none of the records has. */
        Map<String, List<Registration>> foreign();

        /** By amphora id. */
        Map<String, Seen> speakers();
    }

    /**
     * What was seen of one amphora.
     *
     * @param registrations how many routes it holds
     * @param fault why it can't be asked; "" when it answered
     */
    record Seen(int registrations, String fault) {}
}
