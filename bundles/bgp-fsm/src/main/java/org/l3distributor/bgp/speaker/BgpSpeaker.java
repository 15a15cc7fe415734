// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.PeerId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The speaker of this host. It outlives its callers: a caller that goes away and comes back finds the sessions as they
 * were. Stopping the bundle sends Cease, administrative shutdown, to every peer before anything else.
 */
@ProviderType
public interface BgpSpeaker {
    /**
     * Makes these the settings. Only peers whose own settings changed are touched, as {@link SettingsChange} says; equal
     * settings do nothing. Returns at once.
     */
    void configure(SpeakerSettings settings);

    /** The settings in force. */
    SpeakerSettings settings();

    /** This name's share of the wanted routes; the same name again is the same owner, come back. */
    RouteOwner owner(String name);

    /** All peers, in the settings' order. */
    List<PeerSnapshot> peers();

    /** The Adj-RIB-Out of one peer, or of all when null, ordered by prefix. Unknown peers have none. */
    CompletionStage<List<AdvertisedRoute>> advertised(@Nullable PeerId peer);

    /** The newest events first; at most the last 200 per peer are kept. */
    List<PeerEvent> events(@Nullable PeerId peer);

    /** Resets a session once: Cease, administrative reset. */
    void clear(PeerId peer);

    /** Sends every route to the peer again. */
    void refresh(PeerId peer);

    /** Done when all that was asked for before has been taken up: from then on {@link #peers} shows it. */
    CompletionStage<Void> settled();

    /** Tells every later event, on the peer's loop: whoever listens must not wait there. Close to end it. */
    AutoCloseable listen(Consumer<PeerEvent> listener);
}
