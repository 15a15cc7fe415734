// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.amphora.internal.wanted;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.amphora.OwnVip;
import org.l3distributor.net.IpAddress;

class WeightsTest {
    private static final IpAddress VIP = IpAddress.parse("203.0.113.1");
    private static final IpAddress HOP = IpAddress.parse("10.20.0.11");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static OwnVip vip(IpAddress vip, boolean served, @Nullable Integer backEnds) {
        return new OwnVip(vip, HOP, served, "", backEnds);
    }

    private static Weights next(Weights before, @Nullable Integer backEnds, Instant now) {
        return before.next(List.of(vip(VIP, true, backEnds)), true, now);
    }

    private static Instant after(int seconds) {
        return NOON.plusSeconds(seconds);
    }

    @Test
    void bandwidth_isInProportion_andNeverNothing() {
        assertThat(next(Weights.NONE, 1, NOON).of(VIP)).isEqualTo(125_000);
        assertThat(next(Weights.NONE, 30, NOON).of(VIP)).isEqualTo(30 * 125_000);
        assertThat(next(Weights.NONE, 0, NOON).of(VIP)).isPositive().isLessThan(125_000);
        assertThat(next(Weights.NONE, null, NOON).of(VIP)).isPositive().isLessThan(125_000);
        assertThat(next(Weights.NONE, Integer.MAX_VALUE, NOON).of(VIP))
                .as("within 32 bits")
                .isLessThan(1L << 32);
    }

    @Test
    void firstChange_afterAQuietTime_isSaidAtOnce_andThoseThatFollowTogether() {
        Weights weights = next(Weights.NONE, 3, NOON);
        weights = next(weights, 2, after(60));
        assertThat(weights.of(VIP)).isEqualTo(2 * 125_000);
        assertThat(weights.due()).isNull();
        weights = next(weights, 1, after(61));
        assertThat(weights.of(VIP)).isEqualTo(2 * 125_000);
        assertThat(weights.due()).isEqualTo(after(70));
        weights = next(weights, 4, after(65));
        assertThat(weights.due()).isEqualTo(after(70));
        weights = next(weights, 4, after(70));
        assertThat(weights.of(VIP)).isEqualTo(4 * 125_000);
        assertThat(weights.due()).isNull();
    }

    @Test
    void changeThatIsTakenBack_whileItIsHeldBack_isNone() {
        Weights weights = next(next(next(Weights.NONE, 3, NOON), 2, after(1)), 3, after(2));
        assertThat(weights.of(VIP)).isEqualTo(3 * 125_000);
        assertThat(weights.due()).isNull();
    }

    @Test
    void vipThatIsAnnouncedAnew_isSaidAsItIsThen() {
        Weights weights = next(Weights.NONE, 3, NOON);
        weights = weights.next(List.of(vip(VIP, false, 0)), true, after(1));
        assertThat(weights.of(VIP)).isZero();
        assertThat(next(weights, 1, after(2)).of(VIP)).isEqualTo(125_000);
    }

    @Test
    void firstCount_replacesAtOnceWhatWasSaidInWantOfOne_andSilenceChangesNothing() {
        Weights weights = next(next(Weights.NONE, null, NOON), 3, after(1));
        assertThat(weights.of(VIP)).isEqualTo(3 * 125_000);
        weights = next(weights, null, after(100));
        assertThat(weights.of(VIP)).isEqualTo(3 * 125_000);
        assertThat(weights.due()).isNull();
    }

    @Test
    void whereNobodyWeighs_nothingIsSaid_andWhenSomebodyBegins_nothingIsSaidBeforeTheFirstCount() {
        Weights weights = Weights.NONE.next(List.of(vip(VIP, true, null)), false, NOON);
        assertThat(weights.of(VIP)).isZero();
        weights = next(weights, null, after(1));
        assertThat(weights.of(VIP)).isZero();
        weights = next(weights, 2, after(2));
        assertThat(weights.of(VIP)).isEqualTo(2 * 125_000);
        assertThat(weights.next(List.of(vip(VIP, true, 2)), false, after(3)).of(VIP))
                .isZero();
    }

    /** Any counts at any times, with the calls that {@link Weights#due} asks for: checked against the rules themselves. */
    @Test
    void anyCounts_areSaidAtMostOnceInTheInterval_andAtTheEndAsTheyAre() {
        Random random = new Random(4360);
        List<IpAddress> vips =
                Stream.of(1, 2, 3).map(i -> IpAddress.parse("203.0.113." + i)).toList();
        Map<IpAddress, OwnVip> now = new HashMap<>();
        Map<IpAddress, Instant> changed = new HashMap<>();
        vips.forEach(vip -> now.put(vip, vip(vip, false, null)));
        Weights weights = Weights.NONE;
        Instant clock = NOON;
        for (int step = 0; step < 50_000; step++) {
            Instant due = weights.due();
            clock = clock.plusMillis(random.nextInt(4_000));
            if (due != null && !due.isAfter(clock)) {
                clock = due; // the timer comes first
            } else {
                IpAddress vip = vips.get(random.nextInt(vips.size()));
                Integer count = random.nextInt(10) == 0 ? null : Integer.valueOf(random.nextInt(5));
                now.put(vip, vip(vip, random.nextInt(8) > 0, count));
            }
            Weights before = weights;
            weights = before.next(now.values(), true, clock);
            assertThat(weights.next(now.values(), true, clock)).as("again").isEqualTo(weights);
            for (IpAddress vip : vips) {
                check(before, weights, now.get(vip), clock, changed);
            }
        }
    }

    private static void check(
            Weights before, Weights weights, OwnVip own, Instant clock, Map<IpAddress, Instant> changed) {
        IpAddress vip = own.vip();
        if (!own.served()) {
            assertThat(weights.said()).doesNotContainKey(vip);
            return;
        }
        Weights.Said was = before.said().get(vip);
        Weights.Said is = Objects.requireNonNull(weights.said().get(vip));
        assertThat(is.bandwidth()).as("announced is weighed").isPositive();
        if (was == null || was.bandwidth() != is.bandwidth()) {
            if (was != null && was.known()) {
                assertThat(Duration.between(changed.get(vip), clock)).isGreaterThanOrEqualTo(Weights.INTERVAL);
            }
            changed.put(vip, clock);
        }
        Integer count = own.backEnds();
        float target = count == null ? is.bandwidth() : count == 0 ? Weights.LEAST : count * Weights.BACK_END;
        if (is.bandwidth() != target) {
            assertThat(weights.due()).as("what is held back is due").isNotNull().isAfter(clock);
            assertThat(weights.due()).isBeforeOrEqualTo(changed.get(vip).plus(Weights.INTERVAL));
        }
    }
}
