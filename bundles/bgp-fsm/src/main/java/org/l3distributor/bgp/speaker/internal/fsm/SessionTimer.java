// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.fsm;

/** The timers of one connection. */
public enum SessionTimer {
    /** RFC 4271 section 8, HoldTimer: the peer has been silent. */
    HOLD,
    /** RFC 4271 section 8, KeepaliveTimer: it is time to say something. */
    KEEPALIVE,
    /** RFC 9687: the peer has not taken our bytes. */
    SEND_HOLD,
    /** RFC 4271 section 8.1.1, DelayOpenTimer. */
    DELAY_OPEN
}
