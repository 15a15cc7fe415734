// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.model;

/** What one peer has of one registration. */
public enum RouteState {
    /** Written to the socket of the established session. */
    ANNOUNCED,
    /** Wanted; the session is down or the bytes aren't written yet. */
    PENDING,
    /** Wanted, and not announced to this peer for the reason given beside it. */
    SUPPRESSED,
    /** Not wanted any more, and the withdrawal is written or the session is down. */
    WITHDRAWN
}
