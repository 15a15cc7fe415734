// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.rib;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.IpPrefix;

/** One prefix at one peer: what the peer should have, and what it was told. */
final class Entry {
    final IpPrefix prefix;
    final AddressFamily family; // the prefix's own, two steps nearer

    /** Where it stands among the entries. */
    int place;

    /** What the peer should have; null = no route. */
    @Nullable
    Path wanted;

    /** What the peer was told; null = no route. */
    @Nullable
    Path told;

    /** The batch that told it. */
    long batch;

    /** When the socket took that batch. */
    @Nullable
    Instant writtenAt;

    /** The peer has asked to hear it again. */
    boolean stale;

    /** It has a place among those that differ; it may have ceased to. */
    boolean queued;

    /** It differs, and counts as one of so many. */
    boolean differs;

    /** It is no entry any more. */
    boolean dropped;

    Entry(IpPrefix prefix, int place) {
        this.prefix = prefix;
        this.family = prefix.family();
        this.place = place;
    }

    /** Whether the peer must be told something for this to be so. */
    boolean differsFrom(@Nullable Path should) {
        return told == null ? should != null : stale || !told.equals(should);
    }

    /** The session is over: nothing was told, and nothing waits. */
    void forget() {
        told = null;
        writtenAt = null;
        stale = false;
        queued = false;
        differs = false;
    }

    boolean isUseless() {
        return wanted == null && told == null && !queued && !dropped;
    }
}
