// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the event history.
 *
 * @param peer the peer it concerns, null when none
 * @param kind a fixed word: state, notification, connect, profile, registration, gate
 * @param text key=value facts, as in the log; never a secret
 */
public record EventView(Instant at, @Nullable String peer, String kind, String text) {}
