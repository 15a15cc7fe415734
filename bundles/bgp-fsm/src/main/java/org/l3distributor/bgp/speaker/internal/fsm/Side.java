// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

/** Who made a connection. */
public enum Side {
    OUTGOING,
    INCOMING;

    public Side other() {
        return this == OUTGOING ? INCOMING : OUTGOING;
    }
}
