// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.rib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.l3distributor.bgp.speaker.Route;
import org.l3distributor.bgp.speaker.WantedRoute;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.PeerId;

class WantedTableTest {
    private static final IpPrefix VIP = IpPrefix.parse("203.0.113.10/32");
    private static final IpPrefix OTHER = IpPrefix.parse("203.0.113.11/32");
    private static final IpAddress FIRST = IpAddress.parse("10.20.0.11");
    private static final IpAddress SECOND = IpAddress.parse("10.20.0.12");
    private static final PeerId LEFT = new PeerId("left");
    private static final PeerId RIGHT = new PeerId("right");

    private final WantedTable table = new WantedTable();

    private static WantedRoute at(PeerId peer, IpAddress nextHop) {
        return new WantedRoute(new Route(VIP, nextHop), peer);
    }

    private static WantedRoute everywhere(IpAddress nextHop) {
        return new WantedRoute(new Route(VIP, nextHop), null);
    }

    @Test
    void twoNextHopsAtOnePeer_theFirstWishIsSelectedAndTheOtherToldAsSuppressed() {
        table.add("a", everywhere(FIRST));
        table.add("b", everywhere(SECOND));
        assertThat(table.nextHop(VIP, LEFT)).isEqualTo(FIRST);
        assertThat(table.suppressed(VIP, LEFT)).containsExactly(SECOND);
        table.remove("a", everywhere(FIRST));
        assertThat(table.nextHop(VIP, LEFT)).isEqualTo(SECOND);
        assertThat(table.suppressed(VIP, LEFT)).isEmpty();
    }

    @Test
    void nextHopForOnePeer_isNoOthers() {
        table.add("a", at(LEFT, FIRST));
        table.add("a", at(RIGHT, SECOND));
        assertThat(table.nextHop(VIP, LEFT)).isEqualTo(FIRST);
        assertThat(table.nextHop(VIP, RIGHT)).isEqualTo(SECOND);
        assertThat(table.nextHop(OTHER, LEFT)).isNull();
    }

    @Test
    void sameWishOfTwoOwners_staysUntilBothHaveLeft() {
        assertThat(table.add("a", everywhere(FIRST))).isTrue();
        assertThat(table.add("b", everywhere(FIRST))).isTrue();
        assertThat(table.add("b", everywhere(FIRST))).as("again").isFalse();
        table.remove("a", everywhere(FIRST));
        assertThat(table.nextHop(VIP, LEFT)).isEqualTo(FIRST);
        table.remove("b", everywhere(FIRST));
        assertThat(table.nextHop(VIP, LEFT)).isNull();
        assertThat(table.prefixes()).isEmpty();
    }

    @Test
    void removingWhatOnlyAnotherOwnerWants_changesNothing() {
        table.add("a", everywhere(FIRST));
        assertThat(table.remove("b", everywhere(FIRST))).isFalse();
        assertThat(table.remove("a", at(LEFT, FIRST))).isFalse();
        assertThat(table.nextHop(VIP, LEFT)).isEqualTo(FIRST);
    }

    @Test
    void difference_isWhatMakesTheOwnersWishesExactlyThese() {
        table.add("a", everywhere(FIRST));
        table.add("a", at(LEFT, SECOND));
        table.add("b", at(RIGHT, SECOND));
        WantedTable.Difference difference =
                table.difference("a", List.of(everywhere(FIRST), at(RIGHT, FIRST), at(RIGHT, FIRST)));
        assertThat(difference.removed()).containsExactly(at(LEFT, SECOND));
        assertThat(difference.added()).containsExactly(at(RIGHT, FIRST));
    }

    @Test
    void anotherBandwidth_changesTheWish_andLeavesItInItsPlace() {
        table.add("a", everywhere(FIRST));
        table.add("b", everywhere(SECOND).withBandwidth(900));
        assertThat(table.add("a", everywhere(FIRST).withBandwidth(100))).isTrue();
        assertThat(table.add("a", everywhere(FIRST).withBandwidth(100)))
                .as("again")
                .isFalse();
        assertThat(table.select(VIP, LEFT)).isEqualTo(everywhere(FIRST).withBandwidth(100));
        assertThat(table.difference("a", List.of(everywhere(FIRST))))
                .isEqualTo(new WantedTable.Difference(List.of(), List.of(everywhere(FIRST))));
        assertThat(table.remove("a", everywhere(FIRST)))
                .as("whoever takes it back need not know the bandwidth")
                .isTrue();
        assertThat(table.nextHop(VIP, LEFT)).isEqualTo(SECOND);
    }

    @Test
    void ofSeveralBandwidthsForOneNextHop_theHighestIsSaid_untilItsOwnerLeaves() {
        table.add("registrations", at(LEFT, FIRST));
        table.add("own", everywhere(FIRST).withBandwidth(300));
        table.add("other", everywhere(FIRST).withBandwidth(200));
        assertThat(table.select(VIP, LEFT)).isEqualTo(everywhere(FIRST).withBandwidth(300));
        table.remove("own", everywhere(FIRST));
        assertThat(table.select(VIP, LEFT)).isEqualTo(everywhere(FIRST).withBandwidth(200));
        table.remove("other", everywhere(FIRST));
        assertThat(table.select(VIP, LEFT)).isEqualTo(at(LEFT, FIRST));
    }
}
