// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.controller.Amphora;
import org.l3distributor.distributor.controller.AmphoraService;
import org.l3distributor.distributor.controller.AmphoraView;
import org.l3distributor.distributor.controller.BgpPeer;
import org.l3distributor.distributor.controller.BgpProfileService;
import org.l3distributor.distributor.controller.BgpRules;
import org.l3distributor.distributor.controller.BgpSpeaker;
import org.l3distributor.distributor.controller.Distributor;
import org.l3distributor.distributor.controller.DistributorAdminService;
import org.l3distributor.distributor.controller.DistributorRules;
import org.l3distributor.distributor.controller.DistributorView;
import org.l3distributor.distributor.controller.ListQuery;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;
import org.l3distributor.net.IpAddress;

/** What operators may ask any controller for, and in which words it refuses. Its driver's type is L3_BGP. */
public abstract class OperatorServicesContract {
    /** The load balancer whose amphorae the test makes; it is there, and nothing is being done to it. */
    protected static final String LOAD_BALANCER = "11111111-0000-4000-8000-000000000001";

    private static final String AMPHORA = "aaaaaaaa-0000-4000-8000-000000000001";
    private static final String OTHER = "aaaaaaaa-0000-4000-8000-000000000002";
    private static final ListQuery ALL = ListQuery.all(100);

    protected abstract AmphoraService amphorae();

    protected abstract DistributorAdminService distributors();

    protected abstract BgpProfileService profile();

    /** Adds a row. */
    protected abstract void given(Amphora amphora) throws Exception;

    private static Amphora amphora(String id, ProvisioningStatus status) {
        return Amphora.planned(id, LOAD_BALANCER, "combined", Instant.parse("2026-11-26T11:00:00Z"))
                .built("host-1", IpAddress.parse(id.equals(AMPHORA) ? "192.0.2.5" : "192.0.2.6"), "rack1")
                .with(status);
    }

    protected static <T> T done(CompletionStage<Outcome<T>> stage) throws Exception {
        return done(stage.toCompletableFuture().get(30, TimeUnit.SECONDS));
    }

    private static <T> T done(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Done<T> done) {
            return done.value();
        }
        throw new AssertionError("not done: " + outcome);
    }

    protected static <T> Refusal refused(CompletionStage<Outcome<T>> stage) throws Exception {
        Outcome<T> outcome = stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
        if (outcome instanceof Outcome.Refused<T> refused) {
            return refused.reasons().get(0);
        }
        throw new AssertionError("not refused: " + outcome);
    }

    private static void is(Refusal refusal, Refusal.Kind kind, String words) {
        assertThat(refusal.kind()).as(refusal.rule()).isEqualTo(kind);
        assertThat(refusal.rule()).contains(words);
    }

    private Distributor made(String name, String topology) throws Exception {
        Distributor wish = done(DistributorRules.create(
                Map.of("distributor", Map.of("name", name, "topology", topology, "redundancy", 2))));
        DistributorView view = done(distributors().create(wish));
        assertThat(view.distributor().status()).isEqualTo(ProvisioningStatus.PENDING_CREATE);
        return view.distributor();
    }

    private String speaker() throws Exception {
        BgpSpeaker speaker =
                done(BgpRules.speaker(Map.of("speaker", Map.of("name", "s", "ip_version", 4, "local_as", 64512))));
        BgpPeer peer = done(
                BgpRules.peer(Map.of("peer", Map.of("name", "tor1", "peer_ip", "192.0.2.254", "remote_as", 64513))));
        done(profile().create(speaker));
        done(profile().create(peer));
        done(profile().addPeer(speaker.id(), peer.id()));
        return speaker.id();
    }

    @Test
    public void anAmphora_isFoundAndListed_andWhatIsNotThereIsNot() throws Exception {
        given(amphora(AMPHORA, ProvisioningStatus.ALLOCATED));
        given(amphora(OTHER, ProvisioningStatus.ERROR));
        assertThat(done(amphorae().find(AMPHORA)).amphora().managementIp()).hasToString("192.0.2.5");
        assertThat(done(amphorae().list(ALL))).extracting(AmphoraView::id).containsExactlyInAnyOrder(AMPHORA, OTHER);
        is(refused(amphorae().find("none")), Refusal.Kind.NOT_FOUND, "Amphora none not found.");
        is(refused(amphorae().statistics("none")), Refusal.Kind.NOT_FOUND, "Amphora none not found.");
        is(refused(amphorae().failover("none")), Refusal.Kind.NOT_FOUND, "Amphora none not found.");
        is(refused(amphorae().configure("none")), Refusal.Kind.NOT_FOUND, "Amphora none not found.");
        is(refused(amphorae().delete("none")), Refusal.Kind.NOT_FOUND, "Amphora none not found.");
    }

    @Test
    public void anAmphora_thatServes_isFailedOverAndConfigured_andNotDeleted() throws Exception {
        given(amphora(AMPHORA, ProvisioningStatus.ALLOCATED));
        given(amphora(OTHER, ProvisioningStatus.ALLOCATED));
        is(refused(amphorae().delete(AMPHORA)), Refusal.Kind.CONFLICT, "is immutable and cannot be updated.");
        assertThat(done(amphorae().configure(AMPHORA)).id()).isEqualTo(AMPHORA);
        assertThat(done(amphorae().failover(OTHER)).id()).isEqualTo(OTHER);
    }

    @Test
    public void anAmphora_inError_isDeleted() throws Exception {
        given(amphora(AMPHORA, ProvisioningStatus.ERROR));
        assertThat(done(amphorae().delete(AMPHORA)).id()).isEqualTo(AMPHORA);
    }

    @Test
    public void anAmphora_thatSomethingIsDoneTo_isLeftAlone() throws Exception {
        given(amphora(AMPHORA, ProvisioningStatus.PENDING_UPDATE));
        is(refused(amphorae().failover(AMPHORA)), Refusal.Kind.CONFLICT, "is immutable and cannot be updated.");
        is(refused(amphorae().configure(AMPHORA)), Refusal.Kind.CONFLICT, "is immutable and cannot be updated.");
        is(refused(amphorae().delete(AMPHORA)), Refusal.Kind.CONFLICT, "is immutable and cannot be updated.");
    }

    @Test
    public void aDistributor_isMadeChangedOnceAndListed() throws Exception {
        Distributor made = made("racks", "DEDICATED");
        assertThat(made.dedicated()).isTrue();
        Distributor read = done(distributors().find(made.id())).distributor();
        Distributor next = done(DistributorRules.change(Map.of("distributor", Map.of("redundancy", 3)), read));
        assertThat(done(distributors().change(read, next)).distributor().redundancy())
                .isEqualTo(3);
        is(refused(distributors().change(read, next)), Refusal.Kind.CONFLICT, "was changed meanwhile; look at it");
        assertThat(done(distributors().list(ALL)))
                .extracting(DistributorView::id)
                .contains(made.id());
        assertThat(done(distributors().status(made.id())).distributorId()).isEqualTo(made.id());
    }

    @Test
    public void aDistributor_thatIsNotThere_orOfNoDriver_isRefused() throws Exception {
        is(refused(distributors().find("none")), Refusal.Kind.NOT_FOUND, "Distributor none not found.");
        is(refused(distributors().delete("none")), Refusal.Kind.NOT_FOUND, "Distributor none not found.");
        is(refused(distributors().status("none")), Refusal.Kind.NOT_FOUND, "Distributor none not found.");
        is(refused(distributors().repair("none")), Refusal.Kind.NOT_FOUND, "Distributor none not found.");
        is(
                refused(distributors().addAmphora("none", List.of("s"))),
                Refusal.Kind.NOT_FOUND,
                "Distributor none not found.");
        Distributor wish =
                done(DistributorRules.create(Map.of("distributor", Map.of("name", "x", "distributor_type", "OTHER"))));
        is(refused(distributors().create(wish)), Refusal.Kind.INVALID, "Value: 'OTHER'. There is no driver for it");
        assertThat(done(distributors().list(ALL)))
                .extracting(DistributorView::id)
                .doesNotContain(wish.id());
    }

    @Test
    public void aDedicatedDistributor_getsAmphorae_ofSpeakersThatAreThere() throws Exception {
        Distributor made = made("racks", "DEDICATED");
        String speaker = speaker();
        is(
                refused(distributors().addAmphora(made.id(), List.of(speaker, "x"))),
                Refusal.Kind.INVALID,
                "Speaker x not found.");
        AmphoraView added = done(distributors().addAmphora(made.id(), List.of(speaker)));
        assertThat(added.speakerIds()).containsExactly(speaker);
        assertThat(added.amphora().status()).isEqualTo(ProvisioningStatus.PENDING_CREATE);
        assertThat(added.amphora().serviceType()).isEqualTo("distributor");
        assertThat(added.amphora().distributorId()).isEqualTo(made.id());
        assertThat(added.amphora().loadBalancerId()).isNull();
        assertThat(done(distributors().find(made.id())).amphoraIds()).containsExactly(added.id());
        is(
                refused(distributors().delete(made.id())),
                Refusal.Kind.CONFLICT,
                "is in use by 0 load balancers and 1 amphorae");
    }

    @Test
    public void aSpeakerWithoutPeers_isGivenToNoAmphora() throws Exception {
        Distributor made = made("racks", "DEDICATED");
        BgpSpeaker alone =
                done(BgpRules.speaker(Map.of("speaker", Map.of("name", "s", "ip_version", 4, "local_as", 64512))));
        done(profile().create(alone));
        is(
                refused(distributors().addAmphora(made.id(), List.of(alone.id()))),
                Refusal.Kind.CONFLICT,
                "The BGP peer profile would be broken");
        assertThat(done(distributors().find(made.id())).amphoraIds()).isEmpty();
        assertThat(done(amphorae().list(ALL))).isEmpty();
    }

    @Test
    public void aCombinedDistributor_getsNoAmphorae() throws Exception {
        Distributor made = made("plain", "COMBINED");
        is(
                refused(distributors().addAmphora(made.id(), List.of(speaker()))),
                Refusal.Kind.CONFLICT,
                "has no amphorae of its own: its topology is COMBINED.");
    }
}
