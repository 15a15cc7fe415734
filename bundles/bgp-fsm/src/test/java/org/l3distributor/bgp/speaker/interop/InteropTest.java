// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions and routes with Debian's FRR and BIRD, in network namespaces; needs root. */
class InteropTest {
    private static final String VIP4 = "203.0.113.10/32";
    private static final String VIP6 = "2001:db8:100::10/128";
    private static final String HOP4 = "10.20.0.11";
    private static final String HOP6 = "2001:db8:f::11";
    private static final String KEY = "lab-md5-secret";
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private Lab lab;
    private Speaker speaker;

    static Stream<Arguments> routers() {
        return Stream.of(
                Arguments.of(Named.of("FRR", new RealRouter.Frr())),
                Arguments.of(Named.of("BIRD", new RealRouter.Bird())));
    }

    @BeforeEach
    void open() throws Exception {
        lab = new Lab();
        speaker = new Speaker(lab);
    }

    @AfterEach
    void close() throws Exception {
        speaker.close();
        lab.close();
    }

    interface Question {
        String ask() throws IOException, InterruptedException;
    }

    /** Asks until the answer fits, for at most a minute; gives the answer. */
    private String await(String what, Question question, Predicate<String> fits) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        String answer = question.ask();
        while (!fits.test(answer)) {
            assertThat(System.nanoTime())
                    .as(
                            "%s; the last answer was: %s%n%s%n%s",
                            what, answer, lab.log("speaker.log"), lab.log("bird.log"))
                    .isLessThan(end);
            Thread.onSpinWait();
            answer = question.ask();
        }
        return answer;
    }

    private String awaitRoute(RealRouter router, String prefix) throws Exception {
        return await("route " + prefix, () -> router.route(lab, prefix), said -> !said.isEmpty());
    }

    private void awaitNoRoute(RealRouter router, String prefix) throws Exception {
        await("no route " + prefix, () -> router.route(lab, prefix), String::isEmpty);
    }

    private String awaitState(String state) throws Exception {
        return await("state " + state, () -> speaker.say("state"), said -> said.startsWith("tor=" + state + " "));
    }

    private void establish(RealRouter router, Neighbour neighbour) throws Exception {
        router.start(lab, neighbour);
        assertThat(speaker.say(neighbour.ours(neighbour.password()))).isEqualTo("ok");
        awaitState("ESTABLISHED");
    }

    /** Announces one route of each family, finds both with everything that ECMP compares, withdraws both. */
    private void carriesRoutes(RealRouter router, Neighbour neighbour) throws Exception {
        establish(router, neighbour);
        assertThat(speaker.say("announce " + VIP4 + " " + HOP4)).isEqualTo("tor=WRITTEN");
        assertThat(speaker.say("announce " + VIP6 + " " + HOP6)).isEqualTo("tor=WRITTEN");
        assertThat(awaitRoute(router, VIP4)).contains(router.nextHop(HOP4)).contains(router.asPath(neighbour.as()));
        assertThat(awaitRoute(router, VIP6)).contains(router.nextHop(HOP6)).contains(router.asPath(neighbour.as()));
        if (neighbour.as() == Neighbour.ROUTER_AS) {
            assertThat(router.route(lab, VIP4)).contains(router.localPreference(100));
        }
        assertThat(speaker.say("withdraw " + VIP4 + " " + HOP4)).isEqualTo("tor=WRITTEN");
        assertThat(speaker.say("withdraw " + VIP6 + " " + HOP6)).isEqualTo("tor=WRITTEN");
        awaitNoRoute(router, VIP4);
        awaitNoRoute(router, VIP6);
        assertThat(speaker.say("state")).contains("up=1 ");
    }

    @ParameterizedTest
    @MethodSource("routers")
    void signedAndGuardedSession_carriesBothFamiliesWithThirdPartyNextHops(RealRouter router) throws Exception {
        carriesRoutes(router, Neighbour.PLAIN.signed(KEY).guarded(true));
    }

    @ParameterizedTest
    @MethodSource("routers")
    void signedAndGuardedSessionOverIpv6_carriesBothFamilies(RealRouter router) throws Exception {
        carriesRoutes(router, Neighbour.PLAIN.overIpv6().signed(KEY).guarded(true));
    }

    @ParameterizedTest
    @MethodSource("routers")
    void internalSession_carriesLocalPreferenceAndAnEmptyPath(RealRouter router) throws Exception {
        carriesRoutes(router, Neighbour.PLAIN.internal());
    }

    @ParameterizedTest
    @MethodSource("routers")
    void multihopSession_betweenLoopbacks_carriesRoutes(RealRouter router) throws Exception {
        carriesRoutes(router, Neighbour.PLAIN.betweenLoopbacks());
    }

    @ParameterizedTest
    @MethodSource("routers")
    void passiveSession_signedAndGuarded_takesTheRoutersConnection(RealRouter router) throws Exception {
        carriesRoutes(router, Neighbour.PLAIN.signed(KEY).guarded(true).connecting());
    }

    @ParameterizedTest
    @MethodSource("routers")
    void passiveSessionOverIpv6_signedAndGuarded_takesTheRoutersConnection(RealRouter router) throws Exception {
        carriesRoutes(
                router, Neighbour.PLAIN.overIpv6().signed(KEY).guarded(true).connecting());
    }

    @ParameterizedTest
    @MethodSource("routers")
    void internalSessionOverIpv6_signed_carriesBothFamilies(RealRouter router) throws Exception {
        carriesRoutes(router, Neighbour.PLAIN.overIpv6().internal().signed(KEY));
    }

    @ParameterizedTest
    @MethodSource("routers")
    void multihopSession_signed_takesTheRoutersConnection(RealRouter router) throws Exception {
        carriesRoutes(router, Neighbour.PLAIN.betweenLoopbacks().signed(KEY).connecting());
    }

    /** We have the higher identifier, or the router has. */
    @ParameterizedTest
    @MethodSource("routers")
    void bothSidesConnecting_endUpWithOneSession_eachTime(RealRouter router) throws Exception {
        bothConnect(router, "10.10.0.2");
    }

    @ParameterizedTest
    @MethodSource("routers")
    void bothSidesConnecting_ofWhichTheRouterIsHigher_endUpWithOneSession_eachTime(RealRouter router) throws Exception {
        bothConnect(router, "10.9.0.2");
    }

    private void bothConnect(RealRouter router, String identifier) throws Exception {
        Neighbour neighbour = Neighbour.PLAIN.connecting();
        String ours = neighbour.ours("").replace(" passive", " listen");
        speaker.say(ours.replace("router-id=10.10.0.2", "router-id=" + identifier));
        router.start(lab, neighbour);
        awaitState("ESTABLISHED");
        speaker.say("announce " + VIP4 + " " + HOP4);
        awaitRoute(router, VIP4);
        assertThat(speaker.say("state")).contains("up=1 ");
        for (int round = 2; round <= 4; round++) {
            String sessions = "up=" + round + " ";
            speaker.say("clear tor");
            await(
                    "session " + round,
                    () -> speaker.say("state"),
                    s -> s.contains("ESTABLISHED") && s.contains(sessions));
            awaitRoute(router, VIP4);
            assertThat(speaker.say("state")).as("that one stays").contains(sessions);
        }
    }

    /** An eBGP router that isn't guarded sends a TTL of 1: the kernel drops its first packet. */
    @ParameterizedTest
    @MethodSource("routers")
    void unguardedRouter_isNotEvenAcceptedByAGuardedListener(RealRouter router) throws Exception {
        Neighbour neighbour = Neighbour.PLAIN.connecting();
        assertThat(speaker.say(neighbour.guarded(true).ours(""))).isEqualTo("ok");
        awaitState("ACTIVE");
        router.start(lab, neighbour);
        await("a packet dropped for its TTL", this::droppedForTtl, said -> !said.equals("0"));
        assertThat(speaker.say("state")).startsWith("tor=ACTIVE ").contains("up=0 ");
        speaker.say("forget");
        speaker.say(neighbour.ours(""));
        awaitState("ESTABLISHED");
    }

    private String droppedForTtl() throws IOException, InterruptedException {
        List<String[]> rows = lab.ask(lab.speaker, "grep", "TcpExt", "/proc/net/netstat")
                .lines()
                .map(line -> line.split(" "))
                .toList();
        return rows.get(1)[List.of(rows.get(0)).indexOf("TCPMinTTLDrop")];
    }

    @ParameterizedTest
    @MethodSource("routers")
    void anotherKeyAtRunTime_resetsTheSessionAndWorksOnceBothHaveIt(RealRouter router) throws Exception {
        rekey(router, Neighbour.PLAIN.signed(KEY));
    }

    @ParameterizedTest
    @MethodSource("routers")
    void anotherKeyAtRunTime_onTheListenerToo(RealRouter router) throws Exception {
        rekey(router, Neighbour.PLAIN.signed(KEY).connecting());
    }

    private void rekey(RealRouter router, Neighbour neighbour) throws Exception {
        establish(router, neighbour);
        assertThat(speaker.say("key tor another-secret")).isEqualTo("ok");
        await("the end of the session", () -> speaker.say("state"), said -> !said.contains("ESTABLISHED"));
        router.rekey(lab, neighbour.signed("another-secret"));
        awaitState("ESTABLISHED");
        assertThat(speaker.say("state")).contains("up=2 ");
    }

    @ParameterizedTest
    @MethodSource("routers")
    void wrongPassword_neverEstablishesAndTheRightOneMendsIt(RealRouter router) throws Exception {
        Neighbour neighbour = Neighbour.PLAIN.signed(KEY);
        router.start(lab, neighbour);
        speaker.say(neighbour.ours("another-secret"));
        String failed = await("a failed attempt", () -> speaker.say("state"), said -> said.contains("timed out"));
        assertThat(failed).contains("up=0 ").contains("a wrong MD5 password or TTL looks like this");
        speaker.say("forget");
        speaker.say(neighbour.ours(KEY));
        awaitState("ESTABLISHED");
    }

    @ParameterizedTest
    @MethodSource("routers")
    void routersRefresh_isAnsweredWithoutAReset(RealRouter router) throws Exception {
        Neighbour neighbour = Neighbour.PLAIN;
        establish(router, neighbour);
        speaker.say("announce " + VIP4 + " " + HOP4);
        awaitRoute(router, VIP4);
        String before = speaker.say("sent");
        router.askRefresh(lab, neighbour);
        await("the route is sent again", () -> speaker.say("sent"), said -> !said.equals(before));
        assertThat(awaitRoute(router, VIP4)).contains(router.nextHop(HOP4));
        assertThat(speaker.say("state")).contains("up=1 ");
    }

    @ParameterizedTest
    @MethodSource("routers")
    void clearDisableAndEnable_takeTheRoutesAwayAndBringThemBack(RealRouter router) throws Exception {
        establish(router, Neighbour.PLAIN);
        speaker.say("announce " + VIP4 + " " + HOP4);
        awaitRoute(router, VIP4);
        speaker.say("disable tor");
        awaitNoRoute(router, VIP4);
        awaitState("IDLE");
        speaker.say("enable tor");
        awaitRoute(router, VIP4);
        speaker.say("clear tor");
        await("a third session", () -> speaker.say("state"), said -> said.contains("up=3 "));
        awaitRoute(router, VIP4);
    }

    @ParameterizedTest
    @MethodSource("routers")
    void killedSpeaker_losesItsRoutesAtTheRouterAtOnce(RealRouter router) throws Exception {
        establish(router, Neighbour.PLAIN);
        speaker.say("announce " + VIP4 + " " + HOP4);
        awaitRoute(router, VIP4);
        speaker.kill();
        awaitNoRoute(router, VIP4);
    }
}
