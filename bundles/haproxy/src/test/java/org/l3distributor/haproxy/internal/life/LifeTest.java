// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.l3distributor.haproxy.Bind;
import org.l3distributor.haproxy.Frontend;
import org.l3distributor.haproxy.HaproxyConfiguration;
import org.l3distributor.haproxy.LoadBalancerState;
import org.l3distributor.haproxy.LoadBalancerState.State;
import org.l3distributor.net.IpAddress;

class LifeTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final IpAddress VIP = IpAddress.parse("203.0.113.10");
    private static final Bind WEB = new Bind(VIP, 80);
    private static final HaproxyConfiguration CONFIGURATION =
            new HaproxyConfiguration(List.of(new Frontend("web", "HTTP", List.of(), List.of(WEB))), List.of(), "/s");

    private final Life up = Life.stopped(T0, "was never started").up(T0, 10, 11, CONFIGURATION, Set.of(WEB));

    @Test
    void up_withItsSocketsSeen_serves() {
        LoadBalancerState shown = up.show("lb", HaproxyConfiguration.none());
        assertThat(shown.serves(VIP)).isTrue();
        assertThat(shown.fault(VIP)).isEmpty();
        assertThat(shown.reason()).isEmpty();
        assertThat(up.wanted()).isTrue();
    }

    @Test
    void ended_ofTheWorker_stopsServingAtOnceAndSaysWhy() {
        LoadBalancerState shown = up.ended(T0.plusSeconds(60), 11).show("lb", HaproxyConfiguration.none());
        assertThat(shown.state()).isEqualTo(State.DOWN);
        assertThat(shown.serves(VIP)).isFalse();
        assertThat(shown.listening()).isEmpty();
        assertThat(shown.fault(VIP)).hasValue("HAProxy is not accepting on 203.0.113.10:80 (lost its worker process)");
    }

    @Test
    void ended_ofTheMaster_isADeathToo() {
        assertThat(up.ended(T0.plusSeconds(60), 10).reason()).isEqualTo("died");
    }

    @Test
    void ended_ofAnOldWorkerOrInAnyOtherState_changesNothing() {
        assertThat(up.ended(T0, 9)).isEqualTo(up);
        Life stopping = up.stopping(T0);
        assertThat(stopping.ended(T0, 10)).isEqualTo(stopping);
        Life down = up.ended(T0, 10);
        assertThat(down.ended(T0, 11)).isEqualTo(down);
    }

    @Test
    void ended_whileReloading_isADeath() {
        assertThat(up.reloading(T0).ended(T0, 11).state()).isEqualTo(State.DOWN);
    }

    @Test
    void pause_afterDeathsInARow_isNothingThenDoublesToFifteenSeconds() {
        List<Long> pauses = new ArrayList<>();
        Life life = up;
        for (int i = 0; i < 8; i++) {
            life = life.ended(T0, 10);
            pauses.add(life.pause().toSeconds());
            life = life.starting(T0, CONFIGURATION).up(T0, 10, 11, CONFIGURATION, Set.of(WEB));
        }
        assertThat(pauses).containsExactly(0L, 1L, 2L, 4L, 8L, 15L, 15L, 15L);
    }

    @Test
    void pause_afterAWhileInHealth_isNothingAgain() {
        Life life = up.ended(T0, 10).up(T0, 20, 21, CONFIGURATION, Set.of(WEB));
        assertThat(life.ended(T0.plus(Life.WELL), 20).pause()).isEqualTo(Duration.ZERO);
        assertThat(life.ended(T0.plus(Life.WELL).minusMillis(1), 20).pause()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void pause_afterAReload_countsFromTheStartOfTheMaster() {
        Life life = up.ended(T0, 10).up(T0, 20, 21, CONFIGURATION, Set.of(WEB));
        Life reloaded = life.reloading(T0.plusSeconds(14)).up(T0.plusSeconds(14), 20, 22, CONFIGURATION, Set.of(WEB));
        assertThat(reloaded.ended(T0.plusSeconds(16), 20).pause()).isEqualTo(Duration.ZERO);
    }

    @Test
    void down_afterFailedStarts_waitsLongerEachTime() {
        Life life = Life.sought(T0).down(T0, CONFIGURATION, "wasn't running");
        assertThat(life.pause()).isEqualTo(Duration.ZERO);
        assertThat(life.down(T0, CONFIGURATION, "can't bind").pause()).isEqualTo(Duration.ofSeconds(1));
        assertThat(life.show("lb", HaproxyConfiguration.none()).fault(VIP))
                .hasValue("HAProxy is not accepting on 203.0.113.10:80 (wasn't running)");
    }

    @Test
    void observed_withoutAnAnswer_doesNotServe() {
        LoadBalancerState shown = up.observed(11, Set.of(WEB), false).show("lb", HaproxyConfiguration.none());
        assertThat(shown.serves(VIP)).isFalse();
        assertThat(shown.fault(VIP))
                .hasValue("HAProxy is not accepting on 203.0.113.10:80 (doesn't answer on its statistics socket)");
    }

    @Test
    void observed_withoutTheListeningSocket_doesNotServe() {
        LoadBalancerState shown = up.observed(11, Set.of(), true).show("lb", HaproxyConfiguration.none());
        assertThat(shown.serves(VIP)).isFalse();
        assertThat(shown.fault(VIP))
                .hasValue("HAProxy is not accepting on 203.0.113.10:80 (isn't listening on 203.0.113.10:80)");
    }

    @Test
    void observed_ofAWorkerOfThePast_changesNothing() {
        assertThat(up.observed(9, Set.of(), false)).isEqualTo(up);
    }

    @Test
    void reloading_servesOnWithTheOldWorkerUntilTheNewOneAnswers() {
        Life reloading = up.reloading(T0.plusSeconds(1));
        assertThat(reloading.show("lb", HaproxyConfiguration.none()).serves(VIP))
                .isTrue();
        assertThat(reloading
                        .notReloaded(T0)
                        .show("lb", HaproxyConfiguration.none())
                        .serves(VIP))
                .isTrue();
        Life reloaded = reloading.up(T0.plusSeconds(2), 10, 12, HaproxyConfiguration.none(), Set.of());
        assertThat(reloaded.show("lb", HaproxyConfiguration.none()).serves(VIP)).isFalse();
        assertThat(reloaded.show("lb", HaproxyConfiguration.none()).fault(VIP)).isEmpty(); // nobody wants it served
        assertThat(reloaded.reason()).isEqualTo("has no frontend");
    }

    @Test
    void stopping_isNotWantedAnyMore() {
        assertThat(up.stopping(T0).wanted()).isFalse();
        assertThat(up.stopping(T0).show("lb", HaproxyConfiguration.none()).serves(VIP))
                .isFalse();
    }

    @Test
    void notStopped_isWantedAndServesOn() {
        Life on = up.stopping(T0).notStopped(T0.plusSeconds(1));
        assertThat(on.wanted()).isTrue();
        assertThat(on.show("lb", HaproxyConfiguration.none()).serves(VIP)).isTrue();
        assertThat(on.reason()).isEmpty();
    }

    @Test
    void succeeded_ofAnotherWorker_takesItAsTheCurrentOne() {
        Life next = up.succeeded(T0, 12, CONFIGURATION, Set.of(WEB));
        assertThat(next.worker()).isEqualTo(12);
        assertThat(up.succeeded(T0, 11, CONFIGURATION, Set.of())).isEqualTo(up);
    }
}
