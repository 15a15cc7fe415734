// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.loadbalancer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.l3distributor.loadbalancer.internal.Facts.LB;
import static org.l3distributor.loadbalancer.internal.Facts.VIP4;
import static org.l3distributor.loadbalancer.internal.Facts.VIP6;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.amphora.HeldConnections;
import org.l3distributor.distributor.amphora.LoadBalancerService.Action;
import org.l3distributor.distributor.amphora.Reply;
import org.l3distributor.haproxy.Held;
import org.l3distributor.haproxy.RunResult;

class LoadBalancersTest {
    private final Engines engines = new Engines();
    private boolean looking;
    private final ServedVips served = new ServedVips(
            Runnable::run,
            () -> looking,
            leaving -> Serving.of(Facts.namespace(), engines.snapshot(), Members.NOT_ASKED, leaving),
            fresh -> {});
    private final LoadBalancers loadBalancers = new LoadBalancers(engines, served, Runnable::run);

    @BeforeEach
    void bothVipsAreServed() {
        engines.upload(LB, VIP4, VIP6);
        engines.snapshot = Facts.haproxy(Facts.running(LB, VIP4, VIP6));
        served.bind(engines);
        engines.calls.clear();
    }

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    @Test
    void stop_withdrawsInWriting_beforeHaproxyIsStopped() {
        engines.wire = new CompletableFuture<>();
        CompletionStage<Reply<String>> stopped = loadBalancers.run(LB, Action.STOP);
        assertThat(engines.calls).as("nothing is written yet").containsExactly("serve []");
        engines.wire.complete(null);
        assertThat(now(stopped)).isEqualTo(Reply.done("done"));
        assertThat(engines.calls).startsWith("serve []", "stop " + LB);
    }

    @Test
    void aWithdrawal_countsFromWhenItWasAskedFor_andADeathFromWhenTheKernelToldOfIt() {
        Instant before = Instant.now();
        now(loadBalancers.run(LB, Action.STOP));
        assertThat(engines.lastSeen).isBetween(before, Instant.now());
        engines.snapshot = Facts.haproxy(Facts.running(LB, VIP4, VIP6));
        now(served.changed());
        engines.snapshot = Facts.haproxy(Facts.dead(LB, VIP4, VIP6));
        now(served.changed(Instant.EPOCH));
        assertThat(engines.calls).last().isEqualTo("serve []");
        assertThat(engines.lastSeen).isEqualTo(Instant.EPOCH);
    }

    @Test
    void delete_withdrawsBeforeHaproxyIsStopped_andForgetsItsListeners() {
        assertThat(now(loadBalancers.delete(LB))).isEqualTo(Reply.ok());
        assertThat(engines.calls).startsWith("serve []", "delete " + LB);
        assertThat(loadBalancers.listeners()).isEmpty();
    }

    @Test
    void reload_ofAConfigurationWithoutOneVip_withdrawsOnlyThat_before() {
        engines.upload(LB, VIP6);
        now(loadBalancers.upload(LB, "amphora", new byte[0]));
        now(loadBalancers.run(LB, Action.RELOAD));
        assertThat(engines.calls.subList(0, 2)).containsExactly("serve [" + VIP6 + "]", "reload " + LB);
    }

    @Test
    void reload_thatWouldBeRefused_touchesNoRoute_andIsToldInTheAgentsWords() {
        engines.upload(LB, VIP6);
        now(loadBalancers.upload(LB, "amphora", new byte[0]));
        engines.refusal = Optional.of(new RunResult.Failed("Error reloading haproxy", "cannot bind to it"));
        assertThat(now(loadBalancers.run(LB, Action.RELOAD)))
                .isEqualTo(Reply.refused(Reply.Kind.FAILED, "Error reloading haproxy", "cannot bind to it"));
        assertThat(engines.calls).isEmpty();
    }

    @Test
    void reload_ofTheSameFrontends_touchesNoRoute() {
        now(loadBalancers.run(LB, Action.RELOAD));
        assertThat(engines.calls).containsExactly("reload " + LB);
    }

    @Test
    void start_isAnsweredWhenTheRouteIsWritten() {
        engines.snapshot = Facts.haproxy();
        served.changed();
        engines.calls.clear();
        engines.wire = new CompletableFuture<>();
        CompletionStage<Reply<String>> started = loadBalancers.run(LB, Action.START);
        assertThat(engines.calls).containsExactly("start " + LB, "serve [" + VIP4 + ", " + VIP6 + "]");
        assertThat(started.toCompletableFuture()).isNotDone();
        engines.wire.complete(null);
        now(started);
    }

    @Test
    void stop_ofOneOfTwoThatShareAVip_leavesItsRoute() {
        engines.snapshot = Facts.haproxy(Facts.running(LB, VIP4, VIP6), Facts.running("lb-2", VIP4));
        now(loadBalancers.run(LB, Action.STOP));
        assertThat(engines.calls.get(0)).isEqualTo("serve [" + VIP4 + "]");
    }

    @Test
    void aStopThatFails_isToldInTheAgentsWords_andTheVipIsJudgedByWhatIsAgain() {
        engines.next = new RunResult.Failed("Error stopping haproxy", "no such process");
        assertThat(now(loadBalancers.run(LB, Action.STOP)))
                .isEqualTo(Reply.refused(Reply.Kind.FAILED, "Error stopping haproxy", "no such process"));
        engines.snapshot = Facts.haproxy(Facts.running(LB, VIP4, VIP6));
        served.changed();
        assertThat(engines.calls).last().isEqualTo("serve [" + VIP4 + ", " + VIP6 + "]");
    }

    @Test
    void anUnknownLoadBalancer_isNotFound() {
        engines.next = new RunResult.Unknown("other");
        assertThat(now(loadBalancers.run("other", Action.RELOAD)))
                .isEqualTo(Reply.refused(
                        Reply.Kind.NOT_FOUND, "Loadbalancer Not Found", "No loadbalancer with UUID: other"));
    }

    @Test
    void certificates_areRefusedInTheAgentsWords() {
        assertThat(now(loadBalancers.certificateMd5(LB, "a.pem")))
                .isEqualTo(Reply.refused(
                        Reply.Kind.NOT_FOUND, "Certificate Not Found", "No certificate with filename: a.pem"));
        assertThat(now(loadBalancers.deleteCertificate(LB, "evil")))
                .isEqualTo(Reply.refused(Reply.Kind.INVALID, "Filename has wrong format", null));
    }

    @Test
    void listeners_ofAnEarlierLife_areThere_andTheirStatusIsTheProcesss() {
        assertThat(loadBalancers.listeners())
                .extracting(one -> one.id() + " " + one.status())
                .containsExactly("listener-1 ACTIVE");
        engines.snapshot = Facts.haproxy(Facts.dead(LB, VIP4));
        assertThat(loadBalancers.listeners()).extracting(one -> one.status()).containsExactly("OFFLINE");
        assertThat(loadBalancers.running()).isZero();
    }

    @Test
    void version_thatIsNotKnownYet_isWaitedFor_andAskedForOnce() {
        engines.version = new CompletableFuture<>();
        CompletableFuture<Optional<String>> asked = loadBalancers.version().toCompletableFuture();
        assertThat(asked).isNotDone();
        engines.version.complete(Optional.of("2.6.12"));
        assertThat(asked).isCompletedWithValue(Optional.of("2.6.12"));
        engines.version = new CompletableFuture<>();
        assertThat(now(loadBalancers.version())).contains("2.6.12");
    }

    @Test
    void version_isAskedForAnew_whenAnotherWorkerRuns_andKeptWhenNobodyAnswers() {
        assertThat(now(loadBalancers.version())).contains("2.6.12");
        engines.version = CompletableFuture.completedFuture(Optional.of("2.8.1"));
        loadBalancers.seen(engines.snapshot());
        assertThat(now(loadBalancers.version())).contains("2.8.1");
        engines.version = CompletableFuture.completedFuture(Optional.of("3.0.0"));
        loadBalancers.seen(engines.snapshot());
        loadBalancers.seen(Facts.haproxy(Facts.dead(LB, VIP4)));
        assertThat(now(loadBalancers.version())).as("no new worker").contains("2.8.1");
        engines.version = CompletableFuture.completedFuture(Optional.empty());
        loadBalancers.seen(engines.snapshot());
        assertThat(now(loadBalancers.version())).contains("2.8.1");
    }

    @Test
    void version_ofWhatIsNotInstalled_isEmpty_andAskedForAgainByTheNext() {
        engines.version = CompletableFuture.completedFuture(Optional.empty());
        assertThat(now(loadBalancers.version())).isEmpty();
        engines.version = CompletableFuture.completedFuture(Optional.of("2.6.12"));
        assertThat(now(loadBalancers.version())).contains("2.6.12");
    }

    @Test
    void listeners_areThoseThatTheNextReloadTakes_alsoWhenWhatServedBeforeWasPutBack() {
        engines.upload(LB);
        assertThat(loadBalancers.listeners()).as("an upload without any").isEmpty();
        engines.upload(LB, VIP4, VIP6);
        assertThat(loadBalancers.listeners()).extracting(one -> one.id()).containsExactly("listener-1");
    }

    @Test
    void anAnnouncerThatComesLate_isToldEverything_andOneThatGoes_isWaitedForNoMore() {
        Engines other = new Engines();
        served.unbind(engines);
        served.bind(other);
        assertThat(other.calls).containsExactly("serve [" + VIP4 + ", " + VIP6 + "]");
        other.wire = new CompletableFuture<>();
        served.unbind(other);
        now(loadBalancers.run(LB, Action.STOP));
        assertThat(other.calls).hasSize(1);
    }

    @Test
    void untilItIsKnownWhatRuns_nothingIsTold_andNobodyStopsAHaproxyWhoseRouteMayStand() {
        looking = true;
        Engines announcer = new Engines();
        ServedVips anew = new ServedVips(
                Runnable::run,
                () -> looking,
                leaving -> Serving.of(Facts.namespace(), engines.snapshot(), Members.NOT_ASKED, leaving),
                fresh -> {});
        LoadBalancers after = new LoadBalancers(engines, anew, Runnable::run);
        engines.snapshot = Facts.haproxy();
        anew.bind(announcer);
        anew.changed();
        CompletionStage<Reply<String>> stopped = after.run(LB, Action.STOP);
        assertThat(announcer.calls).isEmpty();
        assertThat(engines.calls).isEmpty();

        looking = false;
        engines.snapshot = Facts.haproxy(Facts.running(LB, VIP4, VIP6));
        anew.changed();
        now(stopped);
        assertThat(announcer.calls).startsWith("serve [" + VIP4 + ", " + VIP6 + "]", "serve []");
        assertThat(engines.calls).containsExactly("stop " + LB);
    }

    @Test
    void whatIsNotFoundInTime_isNotServed() {
        looking = true;
        Engines announcer = new Engines();
        ServedVips anew = new ServedVips(Runnable::run, () -> looking, leaving -> List.of(), fresh -> {});
        anew.bind(announcer);
        anew.waitNoLonger();
        assertThat(announcer.calls).containsExactly("serve []");
    }

    @Test
    void stop_whileTheAnnouncerGoesAway_isRefused_andHaproxyServesOn() {
        engines.wire = CompletableFuture.failedFuture(new IllegalStateException("the distributor stopped"));
        assertThat(now(loadBalancers.run(LB, Action.STOP)))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.details())
                                .contains("nothing was changed", "the distributor stopped"));
        assertThat(engines.calls)
                .as("withdrawn, and told anew")
                .containsExactly("serve []", "serve [" + VIP4 + ", " + VIP6 + "]");
    }

    @Test
    void held_isToldOfEachLoadBalancer_alsoWhereNobodyCanTell() {
        engines.snapshot = Facts.haproxy(Facts.running("zz", VIP6), Facts.running(LB, VIP4));
        engines.held.put("zz", new Held(3, 1));
        assertThat(now(loadBalancers.held()))
                .containsExactlyInAnyOrder(HeldConnections.unknown(LB), new HeldConnections("zz", 3, 1))
                .isSortedAccordingTo(Comparator.comparing(HeldConnections::loadBalancer));
    }

    @Test
    void leave_isPassedOnOnce() {
        now(served.leave());
        now(served.leave());
        assertThat(engines.calls).containsExactly("leave");
    }
}
