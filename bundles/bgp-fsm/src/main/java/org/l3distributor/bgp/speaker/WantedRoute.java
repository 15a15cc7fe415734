// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker;

import org.jspecify.annotations.Nullable;
import org.l3distributor.net.PeerId;

/**
 * A route somebody wants announced.
 *
 * @param peer the one peer to announce it to; null = every peer, also later ones
 */
public record WantedRoute(Route route, @Nullable PeerId peer) {}
