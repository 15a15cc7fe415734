// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

/** Where one connection stands. Before there is a connection a peer is Idle, Connect or Active: {@link PeerMachine}. */
public enum Phase {
    /** Connected; our OPEN is held back for a while, for the peer's may come first (RFC 4271 section 8.1.1, DelayOpen). */
    DELAY_OPEN,
    OPEN_SENT,
    OPEN_CONFIRM,
    ESTABLISHED,
    /** Over; nothing more happens on this connection. */
    CLOSED
}
