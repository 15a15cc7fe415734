// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.beat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.controller.core.internal.HandClock;
import org.l3distributor.controller.core.internal.beat.Receiver.Datagram;
import org.l3distributor.controller.core.internal.health.HealthMachine;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.store.StoreException;
import org.l3distributor.distributor.store.contract.MemoryStore;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.heartbeat.Envelope;
import org.l3distributor.heartbeat.Heartbeat;
import org.l3distributor.net.Secret;

/** Two controllers on the same tables, which amphorae tell by turns: each knows half of the news, and later than the other. */
class SharedStatesTest {
    private static final Secret KEY = Secret.of("insecure-test-key");
    private static final List<String> AMPHORAE = List.of("a1", "a2", "a3");
    private static final int ROUND = 10; // seconds between two heartbeats of an amphora

    private final HandClock clock = new HandClock();
    private final MemoryStore store = new MemoryStore(clock);
    private final List<Intake> controllers = List.of(controller(), controller());
    private final Map<String, String> words = new HashMap<>(); // by amphora, of the member
    private final Map<String, Integer> turns = new HashMap<>();
    private long sequence;
    private OperatingStatus last = OperatingStatus.OFFLINE;
    private int changes;

    private Intake controller() {
        HealthMachine machine = new HealthMachine(Duration.ofSeconds(ROUND));
        return new Intake(store, KEY, machine, Duration.ofSeconds(60), new Counts());
    }

    @BeforeEach
    void fill() throws StoreException {
        store.run(tx -> {
            LoadBalancer lb = Things.loadBalancer("lb", "web", "203.0.113.9");
            tx.loadBalancers()
                    .insert(lb.with(lb.header().with(ProvisioningStatus.ACTIVE).with(OperatingStatus.ONLINE)));
            tx.pools().insert(Things.pool("p", "lb"));
            Listener listener = Things.listener("l", "lb", 80, "p");
            tx.listeners().insert(listener.with(listener.header().with(ProvisioningStatus.ACTIVE)));
            tx.members().insert(Things.member("m", "p", "192.0.2.9"));
            AMPHORAE.forEach(a -> tx.amphorae().insert(Things.amphora(a, "lb", "192.0.2.1", "198.51.100.1")));
        });
        for (int i = 0; i < AMPHORAE.size(); i++) {
            turns.put(AMPHORAE.get(i), i);
            words.put(AMPHORAE.get(i), "UP");
        }
        refresh();
    }

    private void refresh() throws StoreException {
        for (Intake controller : controllers) {
            controller.refresh(clock.now);
        }
    }

    private OperatingStatus state() throws StoreException {
        Member member = store.in(tx -> tx.members().find("m").orElseThrow());
        return member.header().operating();
    }

    /** Every amphora tells one of the two, in its own second of the round. */
    private void round() throws StoreException {
        for (String amphora : AMPHORAE) {
            clock.now = clock.now.plusSeconds(ROUND / AMPHORAE.size());
            Heartbeat heartbeat = new Heartbeat(
                    amphora,
                    sequence++,
                    Map.of("l", new Heartbeat.Listener("OPEN", Heartbeat.Counts.NONE)),
                    Map.of("p:l", new Heartbeat.Pool("UP", Map.of("m", String.valueOf(words.get(amphora))))));
            Intake controller = controllers.get(Math.floorMod(turns.merge(amphora, 1, Integer::sum), 2));
            controller.take(List.of(new Datagram(Envelope.seal(heartbeat.toJson(), KEY), clock.now)), clock.now);
            controller.flush(clock);
            if (state() != last) {
                last = state();
                changes++;
            }
        }
        clock.now = clock.now.plusSeconds(1);
        refresh();
    }

    private OperatingStatus truth() {
        long up = words.values().stream().filter("UP"::equals).count();
        return up == words.size() ? OperatingStatus.ONLINE : up == 0 ? OperatingStatus.ERROR : OperatingStatus.DEGRADED;
    }

    @Test
    void whateverHappens_theTablesSoonSayWhatIsTrue_andThenStayAsTheyAre() throws StoreException {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            boolean all = random.nextBoolean();
            String word = random.nextBoolean() ? "UP" : "DOWN";
            String one = AMPHORAE.get(random.nextInt(AMPHORAE.size()));
            AMPHORAE.stream().filter(a -> all || a.equals(one)).forEach(a -> words.put(a, word));
            round();
            round(); // now both have heard all
            assertThat(state()).as("after change " + i + ": " + words).isEqualTo(truth());
            int before = changes;
            for (int quiet = 0; quiet < 10; quiet++) {
                round();
            }
            assertThat(changes - before).as("in quiet rounds").isZero();
        }
    }

    @Test
    void whatSomebodyElseHasWritten_isCorrected_afterAWhile() throws StoreException {
        round();
        round();
        assertThat(state()).isEqualTo(OperatingStatus.ONLINE);
        store.run(tx -> {
            Member read = tx.members().find("m").orElseThrow();
            tx.members().update(read, read.with(read.header().with(OperatingStatus.OFFLINE)));
        });
        last = OperatingStatus.OFFLINE;
        for (int i = 0; i < 8; i++) {
            round();
        }
        assertThat(state()).isEqualTo(OperatingStatus.ONLINE);
        assertThat(changes).isEqualTo(2);
    }
}
