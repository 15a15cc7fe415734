// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.service;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.AdvertisedView;
import org.l3distributor.distributor.model.EventView;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.PeerView;
import org.l3distributor.net.PeerId;
import org.osgi.annotation.versioning.ProviderType;

/** The looking glass, and the maintenance of one peer. */
@ProviderType
public interface PeerService {
    /** All configured peers, in the profile's order. */
    List<PeerView> peers();

    Optional<PeerView> peer(PeerId id);

    /** What is in the peer's Adj-RIB-Out, or of every peer's when {@code id} is null, ordered by prefix. */
    CompletionStage<Outcome<List<AdvertisedView>>> advertised(@Nullable PeerId id);

    /** The newest events first, of one peer or of all. {@code limit} is 1..1000. */
    List<EventView> events(@Nullable PeerId id, int limit);

    /** Holds the session down (Cease, administrative shutdown) until {@link #enable}; survives a restart. */
    CompletionStage<Outcome<PeerView>> disable(PeerId id);

    /** Ends {@link #disable}. */
    CompletionStage<Outcome<PeerView>> enable(PeerId id);

    /** Resets the session once (Cease, administrative reset). */
    CompletionStage<Outcome<PeerView>> clear(PeerId id);

    /** Sends every route to the peer again; resets nothing. */
    CompletionStage<Outcome<PeerView>> refresh(PeerId id);
}
