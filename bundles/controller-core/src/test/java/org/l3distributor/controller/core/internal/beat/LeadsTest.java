// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.beat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.controller.core.internal.HandClock;
import org.l3distributor.controller.core.internal.health.HealthMachine;
import org.l3distributor.controller.core.internal.health.Silence;
import org.l3distributor.controller.core.internal.health.WithdrawalBudget;
import org.l3distributor.controller.core.internal.run.Writer;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.AmphoraHealth;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.VipRecord;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.contract.MemoryStore;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.heartbeat.Envelope;
import org.l3distributor.heartbeat.Heartbeat;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.Secret;

/** A load balancer whose amphorae are well is of no use to its users while nobody leads to them. */
class LeadsTest {
    private static final Secret KEY = Secret.of("insecure-test-key");
    private static final String LB = "11111111-0000-4000-8000-000000000001";
    private static final String LISTENER = "22222222-0000-4000-8000-000000000001";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HandClock clock = new HandClock();
    private final MemoryStore store = new MemoryStore(clock);
    private final Intake intake =
            new Intake(store, KEY, new HealthMachine(Duration.ofSeconds(10)), TIMEOUT, new Counts());
    private final Undertaker undertaker =
            new Undertaker(store, new Undertaker.Settings(Silence.DEFAULT, WithdrawalBudget.DEFAULT, Duration.ZERO));
    private long sequence;

    /** A load balancer with one amphora, and a distributor with two speakers. */
    @BeforeEach
    void fill() throws StoreException {
        store.run(tx -> {
            InService.loadBalancer(tx, LB, LISTENER, OperatingStatus.OFFLINE, 1);
            tx.amphorae().insert(Things.amphora("serves", LB, "192.0.2.1", "198.51.100.1"));
            tx.distributors()
                    .insert(new Distributor("racks", "L3_BGP", ProvisioningStatus.ACTIVE, "racks", true, 2, 0));
            for (int i = 1; i <= 2; i++) {
                tx.amphorae()
                        .insert(Amphora.planned("speaker-" + i, null, "distributor", tx.now())
                                .speakingFor("racks")
                                .built("compute-" + i, IpAddress.parse("192.0.2.1" + i), "rack")
                                .with(ProvisioningStatus.ALLOCATED));
            }
        });
        store.records(9443)
                .replace(null, VipRecord.of(new VipKey("racks", LB), List.of(IpAddress.parse("203.0.113.9"))));
        heard("serves", "speaker-1", "speaker-2");
    }

    private void heard(String... amphorae) throws StoreException {
        store.run(tx -> {
            for (String amphora : amphorae) {
                tx.health().heard(List.of(new AmphoraHealth(amphora, tx.now(), false)));
            }
        });
    }

    /** What users are told, when its amphora has said again that all is well. */
    private OperatingStatus told() throws StoreException {
        intake.refresh(clock.now);
        Heartbeat well = new Heartbeat(
                "serves",
                sequence++,
                Map.of(LISTENER, new Heartbeat.Listener("OPEN", new Heartbeat.Counts(10, 20, 3, 4, 1))),
                Map.of());
        intake.take(List.of(new Receiver.Datagram(Envelope.seal(well.toJson(), KEY), clock.now)), clock.now);
        intake.flush(clock);
        return store.in(tx -> tx.loadBalancers().find(LB).orElseThrow().header().operating());
    }

    private void passed(Duration time) {
        clock.now = clock.now.plus(time);
    }

    @Test
    void withASpeaker_itIsOnline_alsoWhenTheOtherOneDied() throws StoreException {
        assertThat(told()).isEqualTo(OperatingStatus.ONLINE);
        passed(TIMEOUT.plusSeconds(1));
        heard("serves", "speaker-1");
        assertThat(undertaker.look()).containsExactly("speaker-2");
        assertThat(told()).isEqualTo(OperatingStatus.ONLINE);
    }

    @Test
    void whenItsLastSpeakersWereDeclaredDead_andAreKept_itIsDegraded_untilOneIsHeardAgain() throws StoreException {
        assertThat(told()).isEqualTo(OperatingStatus.ONLINE);
        passed(TIMEOUT.plusSeconds(1));
        heard("serves");
        assertThat(undertaker.look()).containsExactlyInAnyOrder("speaker-1", "speaker-2");
        assertThat(told()).isEqualTo(OperatingStatus.DEGRADED);
        passed(Duration.ofSeconds(10));
        heard("speaker-2");
        assertThat(told()).isEqualTo(OperatingStatus.ONLINE);
    }

    @Test
    void withoutAnySpeakerInService_itIsInError() throws StoreException {
        assertThat(told()).isEqualTo(OperatingStatus.ONLINE);
        store.run(tx -> {
            for (int i = 1; i <= 2; i++) {
                Amphora speaker = tx.amphorae().find("speaker-" + i).orElseThrow();
                assertThat(tx.amphorae().update(speaker, speaker.with(ProvisioningStatus.ERROR)))
                        .isTrue();
            }
        });
        passed(Duration.ofSeconds(10));
        assertThat(told()).isEqualTo(OperatingStatus.ERROR);
    }

    /** Its speaker announces until the successor is there: nothing is wrong. */
    @Test
    void aSpeakerThatAnOperatorReplaces_andThatIsHeard_isReliedOn() throws StoreException {
        store.run(tx -> {
            Amphora gone = tx.amphorae().find("speaker-1").orElseThrow();
            assertThat(tx.amphorae().update(gone, gone.with(ProvisioningStatus.ERROR)))
                    .isTrue();
            assertThat(new Writer(tx)
                            .replaceSpeaker(tx.amphorae().find("speaker-2").orElseThrow(), true))
                    .isTrue();
        });
        assertThat(told()).isEqualTo(OperatingStatus.ONLINE);
    }
}
