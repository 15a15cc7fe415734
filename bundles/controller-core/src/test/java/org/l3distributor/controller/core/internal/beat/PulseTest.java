// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.beat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.client.AmphoraClient;
import org.l3distributor.client.AmphoraClients;
import org.l3distributor.client.AmphoraEndpoint;
import org.l3distributor.controller.core.internal.HandClock;
import org.l3distributor.controller.core.internal.drivers.FakeClient;
import org.l3distributor.controller.core.internal.health.Silence;
import org.l3distributor.controller.core.internal.health.WithdrawalBudget;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.AmphoraHealth;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.contract.MemoryStore;
import org.l3distributor.net.IpAddress;

/** Dedicated speakers: who answers lives, and who doesn't for long enough is replaced. */
class PulseTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** A client for each amphora. */
    private static final class Clients implements AmphoraClients {
        private final Map<String, FakeClient> each = new HashMap<>();
        private final Map<String, String> at = new HashMap<>();

        @Override
        public AmphoraClient amphora(AmphoraEndpoint endpoint) {
            at.put(endpoint.amphoraId(), endpoint.address().toString());
            return each.computeIfAbsent(endpoint.amphoraId(), id -> new FakeClient());
        }

        @Override
        public List<Trouble> troubles() {
            return List.of();
        }
    }

    private final HandClock clock = new HandClock();
    private final MemoryStore store = new MemoryStore(clock);
    private final Clients clients = new Clients();
    private final Pulse pulse = new Pulse(store, () -> Optional.of(clients), 9443, Duration.ofHours(1), new BeatLog());

    @BeforeEach
    void fill() throws StoreException {
        store.run(tx -> {
            tx.distributors()
                    .insert(new Distributor("racks", "L3_BGP", ProvisioningStatus.ACTIVE, "racks", true, 2, 0));
            for (int i = 1; i <= 3; i++) {
                tx.amphorae()
                        .insert(Amphora.planned("speaker-" + i, null, "distributor", tx.now())
                                .speakingFor("racks")
                                .built("compute-" + i, IpAddress.parse("192.0.2." + i), "rack")
                                .with(i == 3 ? ProvisioningStatus.BOOTING : ProvisioningStatus.ALLOCATED));
            }
            for (int i = 1; i <= 2; i++) {
                tx.health().heard(List.of(new AmphoraHealth("speaker-" + i, tx.now(), false)));
            }
        });
    }

    @AfterEach
    void close() {
        pulse.close();
    }

    private Instant heard(String id) throws StoreException {
        return store.in(tx -> tx.health().find(id).orElseThrow().lastUpdate());
    }

    private void silent(String id) {
        FakeClient client = new FakeClient();
        client.up = false;
        clients.each.put(id, client);
    }

    private Undertaker undertaker() {
        return new Undertaker(store, new Undertaker.Settings(Silence.DEFAULT, WithdrawalBudget.DEFAULT, Duration.ZERO));
    }

    @Test
    void anAnswer_isASignOfLife_andSilenceIsNone() throws StoreException {
        Instant before = clock.now;
        clock.now = clock.now.plusSeconds(10);
        silent("speaker-2");
        pulse.feel();
        assertThat(heard("speaker-1")).isEqualTo(clock.now);
        assertThat(heard("speaker-2")).isEqualTo(before);
        assertThat(clients.at).containsOnlyKeys("speaker-1", "speaker-2").containsValue("/192.0.2.1:9443");
    }

    @Test
    void aSpeaker_thatIsSilentForTooLong_isReplaced_whileAnotherOneAnnounces() throws StoreException {
        silent("speaker-2");
        clock.now = clock.now.plus(TIMEOUT).plusSeconds(1);
        pulse.feel();
        Undertaker undertaker = undertaker();
        assertThat(undertaker.look()).containsExactly("speaker-2");
        assertThat(undertaker.look()).isEmpty();
        List<Task> tasks = store.in(tx -> tx.tasks().open(10));
        assertThat(tasks).singleElement().satisfies(task -> {
            assertThat(task.kind()).isEqualTo("SPEAKER_REPLACE");
            assertThat(task.targetId()).isEqualTo("speaker-2");
        });
        ProvisioningStatus status =
                store.in(tx -> tx.amphorae().find("speaker-2").orElseThrow().status());
        assertThat(status).isEqualTo(ProvisioningStatus.ERROR);
    }

    @Test
    void theLastSpeaker_isReplacedToo_andAnnouncesMeanwhile() throws StoreException {
        clock.now = clock.now.plus(TIMEOUT).plusSeconds(1);
        assertThat(undertaker().look()).containsExactlyInAnyOrder("speaker-1", "speaker-2");
        List<Amphora> rows = List.copyOf(store.in(tx -> tx.amphorae().page(Query.where("status", "ALLOCATED"))));
        assertThat(rows).extracting(Amphora::id).containsExactly("speaker-1", "speaker-2");
        assertThat(store.in(tx -> tx.tasks().open(10)).size()).isEqualTo(2);
    }
}
