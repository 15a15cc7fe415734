// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.rib;

import java.time.Instant;

/** Somebody who waits until what was asked of one peer is written, or can't be. */
public interface Ticket {
    void written(Instant at);

    void sessionDown(String reason);
}
