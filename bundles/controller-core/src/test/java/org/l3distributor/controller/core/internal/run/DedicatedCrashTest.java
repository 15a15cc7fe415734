// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.l3distributor.controller.core.internal.api.Services;
import org.l3distributor.controller.core.internal.flow.Kind;
import org.l3distributor.controller.core.internal.health.Silence;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.BgpRules;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.store.ControllerStore;
import org.l3distributor.distributor.store.Query;
import org.l3distributor.distributor.store.StoreException;

/** A dedicated distributor from its making to its end, with the amphorae that announce for it, and controllers that die. */
class DedicatedCrashTest {
    private static final String RACKS = "racks";

    private static final class Place {
        private final Cluster cluster;
        private final Speech speech;
        private final Services services;
        private String speaker = "";

        Place(Crashes crashes) {
            cluster = new Cluster(crashes, null);
            speech = cluster.speaking();
            services = new Services(
                    cluster.store,
                    Optional::empty,
                    Runnable::run,
                    () -> {},
                    3,
                    type -> Optional.of(new NobodysDriver()),
                    "distributor",
                    Silence.DEFAULT);
        }

        private <T> List<T> rows(ControllerStore.Work<List<T>> work) throws StoreException {
            return cluster.store.in(work);
        }

        List<Amphora> speakers() throws StoreException {
            return rows(tx -> Snapshots.speakers(tx, RACKS));
        }

        String first() throws StoreException {
            return speakers().get(0).id();
        }

        /** A distributor with so many speakers, and a load balancer of three amphorae. */
        void made(int speakers) throws StoreException {
            done(services.distributors().create(new Distributor(RACKS, "L3_BGP", null, RACKS, true, 2, 0)));
            BgpSpeaker bgp =
                    done(BgpRules.speaker(Map.of("speaker", Map.of("name", "s", "ip_version", 4, "local_as", 64512))));
            BgpPeer peer = done(
                    BgpRules.peer(Map.of("peer", Map.of("name", "tor", "peer_ip", "192.0.2.254", "remote_as", 1))));
            speaker = bgp.id();
            done(services.profiles().create(bgp));
            done(services.profiles().create(peer));
            done(services.profiles().addPeer(bgp.id(), peer.id()));
            cluster.settle();
            assertThat(speech.distributors).containsExactly(RACKS);
            assertThat(done(services.distributors().find(RACKS)).distributor().status())
                    .isEqualTo(ProvisioningStatus.ACTIVE);
            for (int i = 0; i < speakers; i++) {
                added();
            }
            cluster.created(3, RACKS);
            cluster.settle();
            isWhole(speakers, 3);
            assertThat(cluster.amphorae()).allMatch(a -> "lb".equals(a.serviceType()));
        }

        void added() throws StoreException {
            done(services.distributors().addAmphora(RACKS, List.of(speaker)));
            cluster.settle();
        }

        /** Its host is gone: its sessions have ended, and it answers nobody. */
        String dies(boolean keepFirst) throws StoreException {
            Amphora victim = speakers().get(0);
            cluster.outside.dead.add(victim.id());
            speech.silenced(victim.id());
            cluster.outside.done.clear();
            cluster.store.run(tx -> {
                assertThat(new Writer(tx).replaceSpeaker(victim, keepFirst)).isTrue();
                Amphora again = tx.amphorae().find(victim.id()).orElseThrow();
                assertThat(new Writer(tx).replaceSpeaker(again, keepFirst))
                        .as("declared dead twice")
                        .isFalse();
            });
            cluster.settle();
            return victim.id();
        }

        /** Every speaker announces every amphora, and there is nothing else. */
        void isWhole(int speakers, int amphorae) throws StoreException {
            Set<String> speaking = ids(speakers());
            Set<String> serving = ids(cluster.amphorae());
            assertThat(speaking).hasSize(speakers);
            assertThat(serving).hasSize(amphorae);
            assertThat(speakers()).allMatch(a -> a.status() == ProvisioningStatus.ALLOCATED);
            assertThat(cluster.amphorae()).allMatch(a -> a.status() == ProvisioningStatus.ALLOCATED);
            assertThat(speech.told.keySet()).isEqualTo(amphorae == 0 ? Set.of() : speaking);
            assertThat(speech.told.values()).allMatch(serving::equals);
            Set<String> all = new TreeSet<>(speaking);
            all.addAll(serving);
            assertThat(cluster.outside.instances).isEqualTo(all);
            assertThat(ids(rows(tx -> tx.amphorae().page(Query.all())))).isEqualTo(all);
            assertThat(rows(tx -> tx.health().all()))
                    .hasSize(all.size())
                    .allMatch(h -> all.contains(h.amphoraId()) && !h.busy());
            for (String id : speaking) {
                assertThat(rows(tx -> tx.speakers().of(id)))
                        .extracting(BgpSpeaker::id)
                        .containsExactly(speaker);
            }
        }

        private static Set<String> ids(List<Amphora> amphorae) {
            return amphorae.stream().map(Amphora::id).collect(Collectors.toCollection(TreeSet::new));
        }

        void ended() throws StoreException {
            cluster.change(Kind.LB_DELETE, ProvisioningStatus.PENDING_DELETE, 3);
            cluster.settle();
            speech.told.values().removeIf(Set::isEmpty);
            isWhole(speakers().size(), 0);
            for (Amphora speaker : speakers()) {
                done(services.amphorae().delete(speaker.id()));
            }
            cluster.settle();
            done(services.distributors().delete(RACKS));
            cluster.settle();
            cluster.isGone();
            assertThat(rows(tx -> tx.distributors().page(Query.all()))).isEmpty();
            assertThat(speech.distributors).isEmpty();
        }
    }

    private static <T> T done(CompletionStage<Outcome<T>> stage) {
        return done(stage.toCompletableFuture().join());
    }

    private static <T> T done(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Done<T> done) {
            return done.value();
        }
        throw new AssertionError("not done: " + outcome);
    }

    private static void life(Place place) throws StoreException {
        place.made(2);
        place.added();
        place.isWhole(3, 3);
        String dead = place.dies(false);
        place.isWhole(3, 3);
        assertThat(place.cluster.outside.instances).doesNotContain(dead);
        place.dies(true);
        place.isWhole(3, 3);
        place.cluster.change(Kind.LB_SCALE, ProvisioningStatus.PENDING_UPDATE, 4);
        place.cluster.settle();
        place.isWhole(3, 4);
        done(place.services.amphorae().delete(place.first()));
        place.cluster.settle();
        place.isWhole(2, 4);
        done(place.services.distributors().repair(RACKS));
        place.cluster.settle();
        place.ended();
    }

    @Test
    void aWholeLife_withoutAccidents() throws StoreException {
        life(new Place(new Crashes(0)));
    }

    @Test
    void aWholeLife_withADeathAtEveryPoint_endsTheSame() throws StoreException {
        Crashes counting = new Crashes(0);
        life(new Place(counting));
        assertThat(counting.passed).isGreaterThan(200);
        for (int at = 1; at <= counting.passed; at++) {
            try {
                life(new Place(new Crashes(at)));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("with a death at point " + at, e);
            }
        }
    }

    @Test
    void aDeadSpeaker_isAnnouncedForByOthers_beforeAnythingElseIsDone() throws StoreException {
        Place place = new Place(new Crashes(0));
        place.made(2);
        String dead = place.dies(false);
        assertThat(place.cluster.outside.done.get(0)).isEqualTo("placed:without:" + dead);
        assertThat(place.cluster.outside.done)
                .containsSubsequence("placed:with the successor of:" + dead, "destroyed:" + dead);
    }

    @Test
    void aSpeaker_thatHasCome_getsItsFileAgain_sinceTheProfileMayHaveChangedMeanwhile() throws StoreException {
        Place place = new Place(new Crashes(0));
        place.made(1);
        assertThat(place.cluster.outside.done)
                .containsSubsequence("booted:" + place.first(), "pushed:" + place.first());
    }

    @Test
    void theLastSpeaker_staysUntilItsSuccessorAnnounces() throws StoreException {
        Place place = new Place(new Crashes(0));
        place.made(1);
        String suspect = place.dies(true);
        List<String> done = place.cluster.outside.done;
        assertThat(done).doesNotContain("placed:without:" + suspect);
        assertThat(done).containsSubsequence("placed:with the successor of:" + suspect, "destroyed:" + suspect);
        place.isWhole(1, 3);
    }

    @Test
    void aSpeaker_thatIsDeleted_isToldToWithdraw_andOthersAnnounceBefore() throws StoreException {
        Place place = new Place(new Crashes(0));
        place.made(2);
        String leaving = place.first();
        place.cluster.outside.done.clear();
        done(place.services.amphorae().delete(leaving));
        place.cluster.settle();
        assertThat(place.cluster.outside.done).containsExactly("placed:leaving:" + leaving, "destroyed:" + leaving);
        place.isWhole(1, 3);
    }

    @Test
    void aSpeaker_thatIsDeleted_andCannotBeTold_leavesNothingBehind() throws StoreException {
        Place place = new Place(new Crashes(0));
        place.made(2);
        String leaving = place.first();
        place.cluster.outside.dead.add(leaving);
        place.speech.silenced(leaving);
        done(place.services.amphorae().delete(leaving));
        place.cluster.settle();
        assertThat(place.cluster.outside.done).contains("placed:settled:" + leaving);
        place.isWhole(1, 3);
    }
}
