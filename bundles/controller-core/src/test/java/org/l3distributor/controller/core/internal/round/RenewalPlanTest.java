// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.net.IpAddress;

class RenewalPlanTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration MONTH = Duration.ofDays(30);

    private static Amphora amphora(String id, Instant expires) {
        return Amphora.planned(id, null, "lb", NOW)
                .built("c", IpAddress.parse("192.0.2.1"), "rack")
                .with(ProvisioningStatus.ALLOCATED)
                .certified(expires);
    }

    @Test
    void aCertificate_isRenewedWhenAThirdOfItsTimeIsLeft_orUpToASixthOfItEarlier() {
        Set<Instant> moments = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            Instant due = RenewalPlan.due(amphora(new UUID(3, i).toString(), NOW.plus(MONTH)), MONTH);
            assertThat(due).isBetween(NOW.plus(Duration.ofDays(15)), NOW.plus(Duration.ofDays(20)));
            moments.add(due);
        }
        assertThat(moments).as("spread").hasSizeGreaterThan(150);
    }

    @Test
    void whoseEndIsUnknown_comesFirst_thenWhoEndsFirst_andNeverMoreThanSoMany() {
        List<Amphora> all = new ArrayList<>(List.of(
                amphora("late", NOW.plus(Duration.ofDays(2))),
                amphora("soon", NOW.plus(Duration.ofDays(1))),
                amphora("young", NOW.plus(Duration.ofDays(29))),
                amphora("unknown", null),
                amphora("going", NOW).with(ProvisioningStatus.ERROR)));
        assertThat(RenewalPlan.now(all, Map.of(), NOW, MONTH, 8))
                .extracting(Amphora::id)
                .containsExactly("unknown", "soon", "late");
        assertThat(RenewalPlan.now(all, Map.of(), NOW, MONTH, 1))
                .extracting(Amphora::id)
                .containsExactly("unknown");
        long later = NOW.plusSeconds(1).toEpochMilli();
        assertThat(RenewalPlan.now(all, Map.of("unknown", later), NOW, MONTH, 8))
                .extracting(Amphora::id)
                .containsExactly("soon", "late");
    }

    @Test
    void whoRefuses_isAskedAgain_oftenEnoughAndNotTooOften() {
        assertThat(RenewalPlan.pause(MONTH)).isEqualTo(Duration.ofHours(1));
        assertThat(RenewalPlan.pause(Duration.ofHours(10))).isEqualTo(Duration.ofMinutes(10));
        assertThat(RenewalPlan.pause(Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));
    }
}
