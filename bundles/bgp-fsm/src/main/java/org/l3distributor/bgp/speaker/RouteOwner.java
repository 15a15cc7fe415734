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
 * and in the order of the calls, and returns at once. The answer has an entry for every configured peer that a changed
 * route is or was meant for; its stage completes when that peer's socket has taken the bytes or its session is down,
 * on the peer's loop: whoever reacts must not wait there. One slow peer thus never hides what the others have. Where
 * the changes fare differently at one peer, its delivery is the first of SUPPRESSED, SESSION_DOWN, WRITTEN that befell
 * any of them.
 */
@ProviderType
public interface RouteOwner {
    /** Applies all changes together. */
    Map<PeerId, CompletionStage<Delivery>> apply(List<RouteChange> changes);

    /**
     * Makes these the owner's only routes. What stays the same isn't sent again; an owner that comes back after a
     * restart calls this first.
     */
    Map<PeerId, CompletionStage<Delivery>> replaceAll(Collection<WantedRoute> routes);

    /**
     * The owner goes away. Its routes are kept for the speaker's owner grace time (default 30 s), and then withdrawn,
     * unless it has come back: any call of an owner of that name, through this object or another, ends the time.
     */
    void leave();
}
