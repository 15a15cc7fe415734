// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.l3distributor.net.PeerId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One party's share of the wanted routes; the wire shows the union of all parties'. Each method takes effect at once
 * and in the order of the calls; a stage completes when every target peer's socket has taken the bytes or its session
 * is down, on a peer's loop: whoever reacts must not wait there.
 */
@ProviderType
public interface RouteOwner {
    /** Applies all changes together. The map has an entry for every peer that a changed route is or was meant for. */
    CompletionStage<Map<PeerId, Delivery>> apply(List<RouteChange> changes);

    /**
     * Makes these the owner's only routes. What stays the same isn't sent again; an owner that comes back after a
     * restart calls this first.
     */
    CompletionStage<Map<PeerId, Delivery>> replaceAll(Collection<WantedRoute> routes);

    /**
     * The owner goes away. Its routes are kept for the speaker's owner grace time (default 30 s), for it may come back
     * under the same name with {@link #replaceAll}; then they are withdrawn.
     */
    void leave();
}
