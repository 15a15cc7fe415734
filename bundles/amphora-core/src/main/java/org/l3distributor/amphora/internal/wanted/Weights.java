// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.wanted;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.net.IpAddress;

/**
 * What the peers are told that this host can take of each VIP it serves, in proportion to the back ends that are up. Each
 * change moves connections at the router, so there is at most one per VIP and {@link #INTERVAL}: the first after a quiet
 * time at once, those that follow together. What is announced anew is announced with what is so at that moment.
 *
 * @param said by VIP
 * @param due when what is held back is to be said; null when nothing is
 */
public record Weights(Map<IpAddress, Said> said, @Nullable Instant due) {
    public static final Weights NONE = new Weights(Map.of(), null);
    public static final Duration INTERVAL = Duration.ofSeconds(10);

    /** What one back end counts for, in bytes per second: 1 Mbit/s, for routers show it in that unit. */
    public static final float BACK_END = 125_000;

    /**
     * Where none is up, or it isn't known yet. Not nothing: routers stop weighing a whole group when one of its members
     * says nothing.
     */
    public static final float LEAST = BACK_END / 100;

    /** The most that count: FRR keeps a bandwidth in 32 bits. */
    private static final int MOST_BACK_ENDS = 30_000;

    private static final float UNSAID = 0;

    /**
     * @param known false for what was said in want of a count
     * @param backEnds so many as it was made of
     */
    public record Said(
            float bandwidth,
            Instant at,
            boolean known,
            @Nullable Integer backEnds) {}

    public Weights {
        said = Map.copyOf(said);
    }

    /** What is said of a VIP that is announced; 0 = nothing. */
    public float of(IpAddress vip) {
        Said now = said.get(vip);
        return now == null ? UNSAID : now.bandwidth;
    }

    /**
     * What is to be said now.
     *
     * @param weighing false when no peer is told anything
     */
    public Weights next(Collection<OwnVip> vips, boolean weighing, Instant now) {
        Map<IpAddress, Said> next = new HashMap<>();
        Instant soonest = null;
        for (OwnVip own : vips) {
            if (own.served()) {
                Said before = said.get(own.vip());
                Said after = weighing ? weighed(before, own.backEnds(), now) : new Said(UNSAID, now, false, null);
                next.put(own.vip(), after);
                Integer count = own.backEnds();
                if (weighing && count != null && bandwidth(count) != after.bandwidth) {
                    Instant then = after.at.plus(INTERVAL);
                    soonest = soonest == null || then.isBefore(soonest) ? then : soonest;
                }
            }
        }
        return new Weights(next, soonest);
    }

    private static Said weighed(@Nullable Said before, @Nullable Integer count, Instant now) {
        if (count == null) {
            return before == null ? new Said(LEAST, now, false, null) : before;
        }
        Said counted = new Said(bandwidth(count), now, true, count);
        if (before == null) {
            return counted;
        }
        if (!before.known) {
            return counted.bandwidth == before.bandwidth ? new Said(before.bandwidth, before.at, true, count) : counted;
        }
        boolean isTime = !now.isBefore(before.at.plus(INTERVAL));
        return isTime && counted.bandwidth != before.bandwidth ? counted : before;
    }

    private static float bandwidth(int backEnds) {
        return backEnds == 0 ? LEAST : BACK_END * Math.min(backEnds, MOST_BACK_ENDS);
    }
}
