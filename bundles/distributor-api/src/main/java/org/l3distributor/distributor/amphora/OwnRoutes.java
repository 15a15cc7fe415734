// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.amphora;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
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
     *
     * @param seen when what led to this was seen or asked for; how long a withdrawal took is told from then on
     */
    CompletionStage<Void> serve(List<OwnVip> vips, Instant seen);

    /**
     * Tells, as soon as that is known and then whenever it changes, whether some peer is told how much each next hop can
     * take, so that {@link OwnVip#backEnds} is asked for. It is called on the distributor's own thread and must not wait.
     * Close to end it.
     */
    AutoCloseable weighing(Consumer<Boolean> listener);

    /** The last given ones with what each peer has of them, by VIP. */
    CompletionStage<List<OwnVipStatus>> list();

    /** The caller goes away; its routes stay for the speaker's owner grace time, for it may come back. */
    void leave();
}
