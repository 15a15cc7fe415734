// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.bgp.speaker.Route;
import org.l3distributor.bgp.speaker.RouteChange;
import org.l3distributor.bgp.speaker.WantedRoute;
import org.l3distributor.bgp.speaker.internal.fsm.Peer;
import org.l3distributor.bgp.speaker.internal.rib.WantedTable;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.IpPrefix;
import org.l3distributor.net.PeerId;

/** The grace time of owners that went away, on a loop whose clock the test moves. */
class OwnersTest {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final PeerId PEER = new PeerId("tor");
    private static final WantedRoute ROUTE = wanted("203.0.113.1/32");
    private static final WantedRoute ANOTHER = wanted("203.0.113.2/32");

    private final EmbeddedChannel clock = new EmbeddedChannel();
    private final WantedTable table = new WantedTable();
    private final Owners owners = new Owners(
            clock.eventLoop(),
            GRACE,
            table,
            new Roster(clock.eventLoop(), Peer.Pace.DEFAULT, new SplittableRandom(1), table, event -> {}));

    @BeforeEach
    void begin() {
        clock.freezeTime();
        owners.replace("own", List.of(ROUTE), Map.of());
    }

    @AfterEach
    void end() {
        clock.close();
    }

    private static WantedRoute wanted(String prefix) {
        return new WantedRoute(new Route(IpPrefix.parse(prefix), IpAddress.parse("10.0.0.1")), null);
    }

    private void pass(Duration time) {
        clock.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        clock.runScheduledPendingTasks();
    }

    private boolean isWanted(WantedRoute route) {
        return table.select(route.route().prefix(), PEER) != null;
    }

    @Test
    void anOwnerThatStaysAway_keepsItsRoutesForTheGraceTime() {
        owners.leaves("own");
        pass(GRACE.minusMillis(1));
        assertThat(isWanted(ROUTE)).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(isWanted(ROUTE)).isFalse();
    }

    @Test
    void anOwnerThatComesBackWithTheSameRoutes_keepsThem() {
        owners.leaves("own");
        pass(GRACE.minusMillis(1));
        owners.replace("own", List.of(ROUTE), Map.of());
        pass(GRACE.multipliedBy(3));
        assertThat(isWanted(ROUTE)).isTrue();
    }

    @Test
    void anOwnerThatComesBackWithAChange_keepsWhatItHad() {
        owners.leaves("own");
        owners.change("own", List.of(RouteChange.announce(ANOTHER)), Map.of());
        pass(GRACE.multipliedBy(3));
        assertThat(isWanted(ROUTE)).isTrue();
        assertThat(isWanted(ANOTHER)).isTrue();
    }

    @Test
    void anOwnerThatLeavesAgain_hasTheWholeGraceTime() {
        owners.leaves("own");
        pass(GRACE.minusSeconds(5));
        owners.comes("own");
        owners.leaves("own");
        pass(Duration.ofSeconds(10));
        assertThat(isWanted(ROUTE)).isTrue();
        pass(GRACE);
        assertThat(isWanted(ROUTE)).isFalse();
    }

    @Test
    void anOwnerThatGoes_takesNothingOfAnother() {
        owners.replace("registrations", List.of(ROUTE, ANOTHER), Map.of());
        owners.leaves("own");
        pass(GRACE);
        assertThat(isWanted(ROUTE)).isTrue();
        assertThat(isWanted(ANOTHER)).isTrue();
    }
}
