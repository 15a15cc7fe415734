// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.BgpProfileService;
import org.l3distributor.distributor.controller.BgpRules;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.l3distributor.distributor.controller.BgpSpeakerView;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.Task;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.distributor.store.contract.MemoryStore;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.net.AsNumber;

class ProfilesTest {
    private static final String LB = "11111111-0000-4000-8000-000000000001";

    private final MemoryStore store = new MemoryStore(Clock.systemUTC());
    private final BgpProfileService profiles =
            new Services(store, Optional::empty, Runnable::run, () -> {}, 3).profiles();
    private BgpSpeaker speaker;
    private BgpPeer peer;

    @BeforeEach
    void fill() throws Exception {
        store.run(tx -> {
            LoadBalancer lb = Things.loadBalancer(LB, "lb", "203.0.113.9");
            tx.loadBalancers().insert(lb);
            tx.amphorae().insert(Things.amphora("amphora-1", LB, "192.0.2.1", "198.51.100.1"));
        });
        speaker = done(
                BgpRules.speaker(Map.of("speaker", Map.of("name", "default", "ip_version", 4, "local_as", 64512))));
        peer = done(
                BgpRules.peer(Map.of("peer", Map.of("name", "tor1", "peer_ip", "192.0.2.254", "remote_as", 64513))));
        done(profiles.create(speaker));
        done(profiles.create(peer));
    }

    @Test
    void aSpeakerWithAPeer_isGivenToAnAmphora_andPushedToIt() throws Exception {
        BgpSpeakerView view = done(profiles.addPeer(speaker.id(), peer.id()));
        assertThat(view.peers()).hasSize(1);
        assertThat(tasks()).isEmpty();
        done(profiles.assign(speaker.id(), "amphora-1"));
        assertThat(tasks()).singleElement().satisfies(task -> {
            assertThat(task.kind()).isEqualTo("AMPHORA_PUSH");
            assertThat(task.targetId()).isEqualTo("amphora-1");
        });
        assertThat(done(profiles.speaker(speaker.id())).amphoraIds()).containsExactly("amphora-1");
    }

    @Test
    void aChange_isMadeOnceOnly_andPushedToWhoRunsIt() throws Exception {
        done(profiles.addPeer(speaker.id(), peer.id()));
        done(profiles.assign(speaker.id(), "amphora-1"));
        store.run(tx -> {
            Task open = tx.tasks().findOpen("amphora-1").orElseThrow();
            tx.tasks().save(open.over(null, tx.now()));
        });
        BgpSpeaker read = done(profiles.speaker(speaker.id())).speaker();
        BgpSpeaker next = new BgpSpeaker(
                read.id(), read.transport(), new AsNumber(64999), read.name(), "d", List.of(), read.version());
        done(profiles.change(read, next));
        assertThat(tasks()).hasSize(1);
        assertThat(refused(profiles.change(read, next)).kind()).isEqualTo(Refusal.Kind.CONFLICT);
        assertThat(done(profiles.speaker(speaker.id())).speaker().localAs()).isEqualTo(new AsNumber(64999));
    }

    @Test
    void whatWouldBreakTheProfile_isRefused_andNothingChanges() throws Exception {
        assertThat(refused(profiles.assign(speaker.id(), "amphora-1")).kind())
                .as("a speaker without peers")
                .isEqualTo(Refusal.Kind.CONFLICT);
        assertThat(done(profiles.speaker(speaker.id())).amphoraIds()).isEmpty();
        done(profiles.addPeer(speaker.id(), peer.id()));
        done(profiles.assign(speaker.id(), "amphora-1"));
        assertThat(refused(profiles.removePeer(speaker.id(), peer.id())).kind()).isEqualTo(Refusal.Kind.CONFLICT);
        assertThat(done(profiles.speaker(speaker.id())).peers()).hasSize(1);
        assertThat(refused(profiles.deleteSpeaker(speaker.id())).kind()).isEqualTo(Refusal.Kind.CONFLICT);
        assertThat(refused(profiles.deletePeer(peer.id())).kind()).isEqualTo(Refusal.Kind.CONFLICT);
    }

    @Test
    void names_areTakenOnce_andWhatIsNotThereIsNotFound() throws Exception {
        BgpSpeaker again =
                done(BgpRules.speaker(Map.of("speaker", Map.of("name", "default", "ip_version", 6, "local_as", 1))));
        assertThat(refused(profiles.create(again)).kind()).isEqualTo(Refusal.Kind.CONFLICT);
        assertThat(refused(profiles.speaker("x")).kind()).isEqualTo(Refusal.Kind.NOT_FOUND);
        assertThat(refused(profiles.peer("x")).kind()).isEqualTo(Refusal.Kind.NOT_FOUND);
        assertThat(refused(profiles.addPeer(speaker.id(), "x")).kind()).isEqualTo(Refusal.Kind.NOT_FOUND);
        assertThat(refused(profiles.addPeer("x", peer.id())).kind()).isEqualTo(Refusal.Kind.NOT_FOUND);
        assertThat(refused(profiles.assign(speaker.id(), "x")).kind()).isEqualTo(Refusal.Kind.NOT_FOUND);
        assertThat(refused(profiles.push("x")).kind()).isEqualTo(Refusal.Kind.NOT_FOUND);
        assertThat(refused(profiles.deleteSpeaker("x")).kind()).isEqualTo(Refusal.Kind.NOT_FOUND);
        assertThat(refused(profiles.deletePeer("x")).kind()).isEqualTo(Refusal.Kind.NOT_FOUND);
    }

    @Test
    void withoutUsers_speakerAndPeerAreDeleted() throws Exception {
        done(profiles.addPeer(speaker.id(), peer.id()));
        done(profiles.deleteSpeaker(speaker.id()));
        done(profiles.deletePeer(peer.id()));
        assertThat(refused(profiles.speaker(speaker.id())).kind()).isEqualTo(Refusal.Kind.NOT_FOUND);
    }

    private List<Task> tasks() throws Exception {
        return store.in(tx -> tx.tasks().open(10));
    }

    private static <T> T done(CompletionStage<Outcome<T>> stage) throws Exception {
        return done(stage.toCompletableFuture().get(30, TimeUnit.SECONDS));
    }

    private static <T> T done(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Done<T> done) {
            return done.value();
        }
        throw new AssertionError("not done: " + outcome);
    }

    private static <T> Refusal refused(CompletionStage<Outcome<T>> stage) throws Exception {
        Outcome<T> outcome = stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
        if (outcome instanceof Outcome.Refused<T> refused) {
            return refused.reasons().get(0);
        }
        throw new AssertionError("not refused: " + outcome);
    }
}
