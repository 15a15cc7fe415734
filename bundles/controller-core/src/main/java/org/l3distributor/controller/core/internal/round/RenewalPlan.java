// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.round;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.ProvisioningStatus;

/**
 * Whose certificate is to be renewed, and when. A certificate is renewed when a third of its time is left, or up to a sixth
 * of it earlier: each amphora has its own moment, so that those that were made together aren't renewed together. Pure.
 */
final class RenewalPlan {
    private static final int LEAST_LEFT = 3;
    private static final int SPREAD = 6;
    private static final int TRIES = 60;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private RenewalPlan() {}

    /** @param validity of a new certificate */
    static Instant due(Amphora amphora, Duration validity) {
        Instant expires = amphora.certificateExpires();
        if (expires == null) {
            return Instant.EPOCH; // nobody knows: it may end at any moment
        }
        long spread = validity.dividedBy(SPREAD).toMillis();
        long own = Math.floorMod(amphora.id().hashCode(), 1_000) * spread / 1_000;
        return expires.minus(validity.dividedBy(LEAST_LEFT)).minusMillis(own);
    }

    /**
     * @param notBefore amphora id to when it may be tried again, milliseconds since 1970
     * @param most so many
     * @return those whose certificates end first
     */
    static List<Amphora> now(List<Amphora> all, Map<String, Long> notBefore, Instant now, Duration validity, int most) {
        List<Amphora> due = new ArrayList<>();
        for (Amphora amphora : all) {
            if (amphora.status() == ProvisioningStatus.ALLOCATED
                    && amphora.managementIp() != null
                    && !due(amphora, validity).isAfter(now)
                    && notBefore.getOrDefault(amphora.id(), 0L) <= now.toEpochMilli()) {
                due.add(amphora);
            }
        }
        due.sort(Comparator.comparing(
                        Amphora::certificateExpires, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
                .thenComparing(Amphora::id));
        return due.subList(0, Math.min(most, due.size()));
    }

    /** After what an amphora that refused is asked again. */
    static Duration pause(Duration validity) {
        Duration part = validity.dividedBy(TRIES);
        return part.compareTo(SHORTEST) < 0 ? SHORTEST : part.compareTo(LONGEST) > 0 ? LONGEST : part;
    }
}
