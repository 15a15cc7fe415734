// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.l3distributor.controller.core.internal.health.WithdrawalBudget.Verdict;

class WithdrawalBudgetTest {
    private static final WithdrawalBudget BUDGET = WithdrawalBudget.DEFAULT;

    @Test
    void decide_takesOutHalfOfTheMembersInAWindow_thenWaits() {
        assertThat(BUDGET.decide(4, 3, 0)).isEqualTo(Verdict.WITHDRAW);
        assertThat(BUDGET.decide(4, 2, 1)).isEqualTo(Verdict.WITHDRAW);
        assertThat(BUDGET.decide(4, 1, 2)).isEqualTo(Verdict.LATER);
    }

    @Test
    void decide_ofSmallClusters_allowsOneAtLeast() {
        assertThat(BUDGET.decide(1, 1, 0)).isEqualTo(Verdict.WITHDRAW);
        assertThat(new WithdrawalBudget(0.1, Duration.ofSeconds(1)).decide(4, 3, 0))
                .isEqualTo(Verdict.WITHDRAW);
        assertThat(new WithdrawalBudget(0.1, Duration.ofSeconds(1)).decide(4, 3, 1))
                .isEqualTo(Verdict.LATER);
    }

    @Test
    void decide_ofTheLastServingMember_leavesItIn() {
        assertThat(BUDGET.decide(4, 0, 0)).isEqualTo(Verdict.REPLACE_FIRST);
        assertThat(BUDGET.decide(1, 0, 5)).isEqualTo(Verdict.REPLACE_FIRST);
    }

    @Test
    void aShareOrWindow_thatMakesNoSense_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WithdrawalBudget(0, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new WithdrawalBudget(1.01, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new WithdrawalBudget(Double.NaN, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new WithdrawalBudget(0.5, Duration.ZERO));
    }

    /** Members die and are declared dead in any order and at any time: the two promises hold at every moment. */
    @Test
    void atNoTime_areMoreTakenOutThanTheShare_norIsTheLastOneThatServes() {
        Random random = new Random(11);
        for (int run = 0; run < 3_000; run++) {
            int members = 1 + random.nextInt(12);
            WithdrawalBudget budget =
                    new WithdrawalBudget(0.05 + 0.95 * random.nextDouble(), Duration.ofSeconds(1 + random.nextInt(90)));
            List<Integer> in = new ArrayList<>();
            for (int i = 0; i < members; i++) {
                in.add(i);
            }
            Collections.shuffle(in, random);
            List<Integer> well = new ArrayList<>(in);
            List<Long> takenOut = new ArrayList<>();
            long now = 0;
            for (int step = 0; step < 40 && !in.isEmpty(); step++) {
                now += random.nextInt(20);
                long since = now - budget.window().toSeconds();
                int suspect = in.get(random.nextInt(in.size()));
                well.remove((Integer) suspect);
                int recent = (int) takenOut.stream().filter(at -> at > since).count();
                int others = (int) in.stream().filter(well::contains).count();
                if (budget.decide(members, others, recent) == Verdict.WITHDRAW) {
                    in.remove((Integer) suspect);
                    takenOut.add(now);
                    assertThat(in).isNotEmpty();
                    assertThat(in).anyMatch(well::contains);
                }
                assertThat(takenOut.stream().filter(at -> at > since).count())
                        .isLessThanOrEqualTo(budget.most(members));
            }
        }
    }
}
