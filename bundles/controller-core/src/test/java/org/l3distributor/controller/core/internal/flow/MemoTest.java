// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.store.contract.Things;

/** What a task remembers must not grow with what has come and gone. */
class MemoTest {
    private static String id(int number) {
        return new UUID(number, number).toString();
    }

    @Test
    void ofAnAmphoraThatIsGone_nothingIsRemembered() {
        Memo others = Memo.about("owner").planned(List.of(id(2))).with("booted:" + id(2));
        Memo memo = others.planned(List.of(id(1)))
                .with("booted:" + id(1))
                .with("never:configured:" + id(1))
                .failed("build:" + id(1))
                .configured(id(1), "digest")
                .givingUp(id(1))
                .failed("destroyed:" + id(1));
        assertThat(memo.leaving()).containsExactly(id(1));
        assertThat(memo.knows("unused:" + id(1))).isTrue();
        Memo without = memo.without(id(1));
        assertThat(without.planned()).isEqualTo(2);
        assertThat(without.toString()).doesNotContain(id(1)).contains("booted:" + id(2));
        assertThat(without.own()).containsExactly(id(2));
    }

    @Test
    void theKeyOfAnAnnouncement_hasTheSameLengthForTwoAmphoraeAndForSixtyFour() {
        List<Amphora> all = IntStream.range(1, 65)
                .mapToObj(i -> Amphora.planned(id(i), "lb", "combined", Instant.EPOCH))
                .toList();
        Led vip = new Led(new VipKey("d", "lb"), "L3_BGP");
        List<String> keys = new ArrayList<>();
        for (int i = 1; i <= all.size(); i++) {
            keys.add(new Effect.Announce(vip, Things.loadBalancer("lb", "lb", "203.0.113.9"), all.subList(0, i)).key());
        }
        assertThat(keys).doesNotHaveDuplicates().allMatch(k -> k.length() <= 60);
        assertThat(keys.get(0)).isEqualTo("announced:" + id(1));
    }
}
