// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.amphora;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Announces what this appliance serves itself. Nothing of it is stored: after a restart it is derived again from what
 * is so then. Without a BGP profile, or without this service, a load balancer serves all the same.
 */
@ProviderType
public interface OwnRoutes {
    /**
     * Makes these all of this appliance's own VIPs. The stage completes when everything that is not to be announced any
     * more was withdrawn in writing from every established peer, or 1 s has passed. Equal lists change nothing.
     */
    CompletionStage<Void> serve(List<OwnVip> vips);

    /** The last given ones with what each peer has of them, by VIP. */
    CompletionStage<List<OwnVipStatus>> list();

    /** The caller goes away; its routes stay for the speaker's owner grace time, for it may come back. */
    void leave();
}
