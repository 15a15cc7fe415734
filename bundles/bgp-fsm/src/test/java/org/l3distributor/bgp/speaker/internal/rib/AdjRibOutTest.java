// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.rib;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.l3distributor.bgp.codec.CodecOptions;
import org.l3distributor.bgp.message.AfiSafi;
import org.l3distributor.bgp.message.ExtendedCommunity;
import org.l3distributor.bgp.speaker.internal.Settings;
import org.l3distributor.net.AddressFamily;
import org.l3distributor.net.AsNumber;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;

class AdjRibOutTest {
    private static final CodecOptions CODEC = CodecOptions.BEFORE_OPEN
            .withFourOctetAs(true)
            .withFamilies(Set.of(AfiSafi.IPV4_UNICAST, AfiSafi.IPV6_UNICAST));
    private static final Set<AddressFamily> BOTH = EnumSet.allOf(AddressFamily.class);
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final IpPrefix A = IpPrefix.parse("203.0.113.10/32");
    private static final IpPrefix B = IpPrefix.parse("203.0.113.11/32");
    private static final IpPrefix SIX = IpPrefix.parse("2001:db8::10/128");
    private static final IpAddress HOP = IpAddress.parse("10.20.0.11");
    private static final IpAddress HOP2 = IpAddress.parse("10.20.0.12");
    private static final IpAddress HOP6 = IpAddress.parse("2001:db8:f::11");

    private final AdjRibOut rib = new AdjRibOut();
    private final Receiver receiver = new Receiver(CODEC);

    private void up() {
        rib.sessionUp(Settings.EBGP, CODEC, BOTH);
    }

    private void want(IpPrefix prefix, IpAddress nextHop) {
        if (nextHop == null) {
            rib.want(prefix);
        } else {
            rib.want(prefix, nextHop, null);
        }
    }

    /** Hands out and writes all that is due; gives the number of batches. */
    private int drain() {
        int batches = 0;
        for (Batch batch = next(); batch != null; batch = next()) {
            receiver.read(batch);
            rib.written(batch.number(), NOON);
            batches++;
        }
        return batches;
    }

    private Batch next() {
        return rib.next(UnpooledByteBufAllocator.DEFAULT);
    }

    private void settled() {
        up();
        drain();
        receiver.words.clear();
    }

    /** Notes what it was told. */
    private static final class Waiter implements Ticket {
        final List<String> told = new ArrayList<>();

        @Override
        public void written(Instant at) {
            told.add("written " + at);
        }

        @Override
        public void sessionDown(String reason) {
            told.add("down " + reason);
        }
    }

    private Waiter waiter() {
        Waiter waiter = new Waiter();
        rib.await(waiter, NOON);
        return waiter;
    }

    @Test
    void newSession_sendsTheTableThenEndOfRibForEachFamily() {
        want(A, HOP);
        want(SIX, HOP6);
        up();
        drain();
        assertThat(receiver.words)
                .containsExactly("+ " + A, "+ " + SIX, "End-of-RIB ipv4-unicast", "End-of-RIB ipv6-unicast");
        assertThat(receiver.table).containsEntry(A, HOP).containsEntry(SIX, HOP6);
    }

    @Test
    void newSession_withNothingToSay_saysEndOfRibOnly() {
        up();
        assertThat(drain()).isEqualTo(1);
        assertThat(receiver.words).containsExactly("End-of-RIB ipv4-unicast", "End-of-RIB ipv6-unicast");
        assertThat(rib.isDirty()).isFalse();
    }

    @Test
    void newSession_ofOneFamily_keepsTheOtherToItself() {
        want(A, HOP);
        want(SIX, HOP6);
        rib.sessionUp(Settings.IPV4_ONLY, CODEC, EnumSet.of(AddressFamily.IPV4));
        drain();
        assertThat(receiver.words).containsExactly("+ " + A, "End-of-RIB ipv4-unicast");
    }

    @Test
    void endOfRib_isNotPutOffByWhatComesAfterTheTable() {
        List<IpPrefix> table = prefixes(Wire.BATCH_ROUTES + 5);
        table.forEach(prefix -> want(prefix, HOP));
        up();
        receiver.read(next());
        prefixes(3 * Wire.BATCH_ROUTES).forEach(prefix -> want(prefix, HOP));
        receiver.read(next());
        int words = receiver.words.size();
        assertThat(receiver.words.subList(words - 2, words))
                .containsExactly("End-of-RIB ipv4-unicast", "End-of-RIB ipv6-unicast");
        assertThat(receiver.table.keySet().containsAll(table)).isTrue();
        assertThat(rib.isDirty()).isTrue();
    }

    @Test
    void changeThatIsUndoneBeforeItIsSent_isNotSent() {
        settled();
        want(A, HOP);
        want(A, null);
        assertThat(rib.isDirty()).isFalse();
        assertThat(next()).isNull();
    }

    @Test
    void severalChangesOfOnePrefix_areSentAsTheLastOne() {
        settled();
        want(A, HOP);
        want(A, null);
        want(A, HOP2);
        drain();
        assertThat(receiver.words).containsExactly("+ " + A);
        assertThat(receiver.table).containsExactlyEntriesOf(Map.of(A, HOP2));
    }

    @Test
    void newNextHop_isAnImplicitWithdrawalInOneUpdate() {
        want(A, HOP);
        settled();
        receiver.updates = 0;
        want(A, HOP2);
        drain();
        assertThat(receiver.words).containsExactly("+ " + A);
        assertThat(receiver.updates).isEqualTo(1);
        assertThat(receiver.table).containsEntry(A, HOP2);
    }

    @Test
    void withdrawals_goBeforeAnnouncements() {
        want(A, HOP);
        settled();
        want(B, HOP);
        want(A, null);
        drain();
        assertThat(receiver.words).containsExactly("- " + A, "+ " + B);
    }

    @Test
    void resend_marked_framesTheFamilysRoutesAndLeavesTheOther() {
        want(A, HOP);
        want(SIX, HOP6);
        settled();
        rib.resend(AddressFamily.IPV4, true);
        drain();
        assertThat(receiver.words).containsExactly("BoRR ipv4-unicast", "+ " + A, "EoRR ipv4-unicast");
    }

    @Test
    void resend_unmarked_sendsTheRoutesAlone() {
        want(A, HOP);
        settled();
        rib.resend(AddressFamily.IPV4, false);
        drain();
        assertThat(receiver.words).containsExactly("+ " + A);
    }

    @Test
    void resend_ofAnEmptyFamily_sendsTheMarksOnly() {
        settled();
        rib.resend(AddressFamily.IPV6, true);
        drain();
        assertThat(receiver.words).containsExactly("BoRR ipv6-unicast", "EoRR ipv6-unicast");
    }

    @Test
    void resend_isNotUndoneByWantingTheSameAgain() {
        want(A, HOP);
        settled();
        rib.resend(AddressFamily.IPV4, true);
        want(A, HOP);
        drain();
        assertThat(receiver.words).containsExactly("BoRR ipv4-unicast", "+ " + A, "EoRR ipv4-unicast");
    }

    @Test
    void resend_twiceBeforeItIsSent_beginsAndEndsOnce() {
        want(A, HOP);
        settled();
        rib.resend(AddressFamily.IPV4, true);
        rib.resend(AddressFamily.IPV4, true);
        drain();
        assertThat(receiver.words).containsExactly("BoRR ipv4-unicast", "+ " + A, "EoRR ipv4-unicast");
    }

    @Test
    void resend_thenWithdrawn_isWithdrawnAndNotAnnounced() {
        want(A, HOP);
        settled();
        rib.resend(AddressFamily.IPV4, true);
        want(A, null);
        drain();
        assertThat(receiver.words).containsExactly("BoRR ipv4-unicast", "- " + A, "EoRR ipv4-unicast");
    }

    @Test
    void ticket_isToldAfterTheWriteAndOnce() {
        settled();
        want(A, HOP);
        Waiter waiter = waiter();
        Batch batch = next();
        assertThat(waiter.told).as("handed out, not written").isEmpty();
        rib.written(batch.number(), NOON);
        rib.written(batch.number(), NOON.plusSeconds(1));
        rib.sessionDown("over");
        receiver.read(batch);
        assertThat(waiter.told).containsExactly("written " + NOON);
    }

    @Test
    void ticket_forNothing_isToldAtOnce() {
        settled();
        assertThat(waiter().told).containsExactly("written " + NOON);
    }

    @Test
    void ticket_forWhatTwoBatchesHold_waitsForTheSecond() {
        settled();
        prefixes(Wire.BATCH_ROUTES + 1).forEach(prefix -> want(prefix, HOP));
        Waiter waiter = waiter();
        Batch first = next();
        rib.written(first.number(), NOON);
        assertThat(waiter.told).isEmpty();
        Batch second = next();
        rib.written(second.number(), NOON);
        assertThat(waiter.told).hasSize(1);
        receiver.read(first);
        receiver.read(second);
    }

    @Test
    void ticket_whenTheSessionEnds_isToldWhy() {
        settled();
        want(A, HOP);
        Waiter waiter = waiter();
        rib.sessionDown("hold timer expired");
        assertThat(waiter.told).containsExactly("down hold timer expired");
        assertThat(waiter().told).containsExactly("down the session is down");
    }

    @Test
    void ticket_forAChangeThatIsUndoneBeforeItIsSent_isTold() {
        settled();
        want(A, HOP);
        Waiter first = waiter();
        want(A, null);
        Waiter second = waiter();
        assertThat(drain()).isEqualTo(1);
        assertThat(receiver.words).isEmpty();
        assertThat(first.told).containsExactly("written " + NOON);
        assertThat(second.told).containsExactly("written " + NOON);
        assertThat(next()).isNull();
    }

    @Test
    void ticket_forAnUndoneChangeAfterBytesThatWait_isToldAfterThem() {
        settled();
        want(A, HOP);
        Batch handedOut = next();
        want(B, HOP);
        Waiter waiter = waiter();
        want(B, null);
        Batch empty = next();
        assertThat(waiter.told).isEmpty();
        rib.written(handedOut.number(), NOON);
        rib.written(empty.number(), NOON.plusSeconds(1));
        assertThat(waiter.told).containsExactly("written " + NOON.plusSeconds(1));
        receiver.read(handedOut);
        receiver.read(empty);
        assertThat(receiver.words).containsExactly("+ " + A);
    }

    @Test
    void ticket_whenLessIsLeftThanTwoBatches_isToldAllTheSame() {
        settled();
        List<IpPrefix> many = prefixes(Wire.BATCH_ROUTES + 1);
        many.forEach(prefix -> want(prefix, HOP));
        Waiter first = waiter();
        want(many.get(0), null);
        Waiter second = waiter();
        drain();
        assertThat(first.told).hasSize(1);
        assertThat(second.told).hasSize(1);
    }

    @Test
    void writtenAt_isOfTheNextHopThatIsWantedNow() {
        want(A, HOP);
        settled();
        assertThat(rib.writtenAt(A)).isEqualTo(NOON);
        want(A, HOP2);
        assertThat(rib.writtenAt(A)).isNull();
        drain();
        assertThat(rib.writtenAt(A)).isEqualTo(NOON);
        assertThat(rib.writtenAt(B)).isNull();
    }

    @Test
    void counts_tellToldAndPending() {
        want(A, HOP);
        assertThat(rib.pendingCount()).isEqualTo(1);
        up();
        assertThat(rib.pendingCount()).isEqualTo(1);
        drain();
        want(B, HOP);
        want(A, null);
        assertThat(rib.pendingCount()).as("a withdrawal is no pending route").isEqualTo(1);
        assertThat(rib.toldCount()).isEqualTo(1);
        drain();
        assertThat(rib.pendingCount()).isZero();
        assertThat(rib.toldCount()).isEqualTo(1);
    }

    @Test
    void anyChanges_inAnyOrder_leaveThePeerWithWhatIsWanted() {
        Random random = new Random(4271);
        List<IpPrefix> some = prefixes(40);
        Map<IpPrefix, IpAddress> model = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            step(random, some, model);
            assertThat(rib.pendingCount()).isBetween(0, model.size());
        }
        if (!rib.isUp()) {
            up();
            receiver.table.clear();
        }
        drain();
        assertThat(receiver.table).isEqualTo(model);
        assertThat(rib.toldCount()).isEqualTo(model.size());
        assertThat(rib.pendingCount()).isZero();
    }

    @Test
    void changesOfATableUnderWay_areSentOnceAndAsTheyAreWhenTheirTurnComes() {
        List<IpPrefix> table = prefixes(Wire.BATCH_ROUTES + 5);
        IpPrefix last = table.get(table.size() - 1);
        IpPrefix gone = table.get(table.size() - 2);
        IpPrefix back = table.get(table.size() - 3);
        table.forEach(prefix -> want(prefix, HOP));
        up();
        receiver.read(next());
        receiver.words.clear();
        want(last, HOP2);
        want(gone, null);
        want(back, null);
        want(back, HOP2);
        want(table.get(0), null);
        want(B, HOP);
        Waiter waiter = waiter();
        assertThat(drain()).isEqualTo(1);
        assertThat(receiver.words)
                .contains("+ " + last, "+ " + back, "- " + table.get(0), "+ " + B)
                .doesNotContain("+ " + gone, "- " + gone)
                .doesNotHaveDuplicates();
        assertThat(receiver.table).containsEntry(last, HOP2).containsEntry(back, HOP2);
        assertThat(waiter.told).hasSize(1);
        assertThat(rib.toldCount()).isEqualTo(receiver.table.size());
    }

    @Test
    void tableUnderWay_withAnyChanges_leavesThePeerWithWhatIsWanted() {
        Random random = new Random(4724);
        List<IpPrefix> some = prefixes(3 * Wire.BATCH_ROUTES);
        Map<IpPrefix, IpAddress> model = new HashMap<>();
        some.subList(0, 2 * Wire.BATCH_ROUTES).forEach(prefix -> {
            want(prefix, HOP);
            model.put(prefix, HOP);
        });
        up();
        for (int round = 0; round < 8; round++) {
            if (round == 4) {
                up();
                receiver.table.clear();
            }
            for (int i = 0; i < 5_000; i++) {
                IpPrefix prefix = some.get(random.nextInt(some.size()));
                IpAddress hop = random.nextInt(3) == 0 ? null : random.nextBoolean() ? HOP : HOP2;
                want(prefix, hop);
                model.compute(prefix, (p, before) -> hop);
            }
            assertThat(rib.toldCount() + rib.pendingCount()).isGreaterThanOrEqualTo(model.size());
            Batch batch = next();
            receiver.read(batch);
            rib.written(batch.number(), NOON);
        }
        drain();
        assertThat(receiver.table).isEqualTo(model);
        assertThat(rib.toldCount()).isEqualTo(model.size());
        assertThat(rib.pendingCount()).isZero();
        assertThat(rib.isDirty()).isFalse();
    }

    @Test
    void routeOfATable_thatNoUpdateMayCarry_isPassedOver() {
        want(A, HOP6);
        want(B, HOP);
        up();
        drain();
        assertThat(receiver.words).startsWith("+ " + B).doesNotContain("+ " + A);
        assertThat(rib.toldCount()).isEqualTo(1);
        assertThat(rib.pendingCount()).isZero();
        assertThat(rib.isDirty()).isFalse();
    }

    @Test
    void fullTable_isOnlyFullMessages() {
        prefixes(100_000).forEach(prefix -> want(prefix, HOP));
        up();
        drain();
        assertThat(receiver.updates).as("End-of-RIBs among them").isLessThanOrEqualTo(124 + 2);
    }

    @Test
    void fullTable_ofThreeBandwidths_isOnlyFullMessagesOfEach() {
        List<ExtendedCommunity> said = new ArrayList<>();
        for (int backEnds = 1; backEnds <= 3; backEnds++) {
            said.add(ExtendedCommunity.linkBandwidth(true, new AsNumber(64512), backEnds * 125_000f));
        }
        List<IpPrefix> all = prefixes(30_000);
        for (int i = 0; i < all.size(); i++) {
            rib.want(all.get(i), HOP, said.get(i % 3));
        }
        up();
        drain();
        assertThat(receiver.bandwidths).hasSize(all.size()).containsEntry(all.get(1), 250_000.0);
        assertThat(receiver.updates).as("of 800 routes each, in two batches").isLessThanOrEqualTo(2 * 3 * 7 + 2);
    }

    private void step(Random random, List<IpPrefix> some, Map<IpPrefix, IpAddress> model) {
        IpPrefix prefix = some.get(random.nextInt(some.size()));
        switch (random.nextInt(20)) {
            case 0 -> {
                up();
                receiver.table.clear();
            }
            case 1 -> {
                rib.sessionDown("test");
                receiver.table.clear();
            }
            case 2 -> rib.resend(AddressFamily.IPV4, random.nextBoolean());
            case 3, 4, 5 -> drain();
            case 6, 7, 8, 9, 10 -> {
                want(prefix, null);
                model.remove(prefix);
            }
            default -> {
                IpAddress hop = random.nextBoolean() ? HOP : HOP2;
                want(prefix, hop);
                model.put(prefix, hop);
            }
        }
    }

    private static List<IpPrefix> prefixes(int count) {
        List<IpPrefix> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(IpPrefix.parse("10." + (i >> 16) + "." + (i >> 8 & 0xFF) + "." + (i & 0xFF) + "/32"));
        }
        return all;
    }
}
