// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker;

/** Whether a peer is told the bandwidth of a route's next hop, and in which form (draft-ietf-idr-link-bandwidth). */
public enum LinkBandwidth {
    /** It isn't told any. */
    NONE,
    /** May be passed on to other ASes. */
    TRANSITIVE,
    /** Stays in the peer's AS. */
    NON_TRANSITIVE
}
