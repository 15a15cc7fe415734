// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker;

import java.time.Instant;
import org.l3distributor.net.PeerId;

/**
 * One line of a peer's history.
 *
 * @param kind a fixed word: state, notification, connect, config, updates
 * @param text key=value facts; never a secret
 */
public record PeerEvent(Instant at, PeerId peer, String kind, String text) {}
