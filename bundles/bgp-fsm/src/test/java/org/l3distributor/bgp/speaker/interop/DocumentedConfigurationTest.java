// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The configurations that the documentation gives to operators, word for word: what is announced must be in the router's
 * kernel, where packets look for it. Needs root.
 */
class DocumentedConfigurationTest {
    private static final Path ROUTERS = Path.of("../../docs/routers");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Lab lab;
    private Speaker speaker;

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

    @Test
    void frr_forwardsWhatIsAnnounced_alsoAfterItsRestart() throws Exception {
        zebra();
        Process bgpd = bgpd();
        announced();
        bgpd.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        await("no route of a dead router", this::kernel, k -> !k.contains("203.0.113.10"));
        bgpd();
        awaitRoutes();
        assertThat(speaker.say("state")).contains("up=2 ");
    }

    @Test
    void frr_sharesOverNextHops_howeverManyDistributorsAnnounceEach() throws Exception {
        zebra();
        bgpd();
        shared();
    }

    @Test
    void bird_sharesOverNextHops_howeverManyDistributorsAnnounceEach() throws Exception {
        bird();
        shared();
    }

    private void zebra() throws Exception {
        String folder = lab.directory.toString();
        // the daemons give root up before they make their sockets
        Files.setPosixFilePermissions(lab.directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        frr("zebra", Files.createFile(lab.directory.resolve("zebra.conf")), folder);
        // a bgpd that doesn't find zebra looks again only after many seconds
        await("zebra", () -> lab.ask(lab.router, "ls", folder), files -> files.contains("zserv.api"));
    }

    /** With a copy of the configuration: FRR's user need not be able to come to where this was checked out. */
    private Process bgpd() throws IOException {
        Path config = lab.directory.resolve("frr.conf");
        Files.write(config, Files.readAllBytes(ROUTERS.resolve("frr.conf")));
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));
        return frr("bgpd", config, lab.directory.toString());
    }

    private Process frr(String daemon, Path config, String folder) throws IOException {
        return lab.start(
                lab.router,
                daemon,
                "/usr/lib/frr/" + daemon,
                "-A",
                "127.0.0.1",
                "-f",
                config.toString(),
                "-i",
                folder + "/" + daemon + ".pid",
                "--vty_socket",
                folder,
                "-z",
                folder + "/zserv.api");
    }

    @Test
    void bird_forwardsWhatIsAnnounced_alsoAfterItsRestart() throws Exception {
        Process bird = bird();
        announced();
        bird.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        bird();
        await("a second session", () -> speaker.say("state"), s -> s.contains("ESTABLISHED") && s.contains("up=2 "));
        awaitRoutes();
    }

    /**
     * Two distributors for the same next hop are how one of them may fail; a third announces another. The router shares
     * over next hops, each once, whoever announced them.
     */
    private void shared() throws Exception {
        try (Speaker second = new Speaker(lab);
                Speaker third = new Speaker(lab)) {
            peer(speaker, "10.10.0.2");
            peer(second, "10.10.0.3");
            peer(third, "10.10.0.4");
            assertThat(speaker.say("announce 203.0.113.10/32 10.20.0.11")).isEqualTo("tor=WRITTEN");
            assertThat(second.say("announce 203.0.113.10/32 10.20.0.11")).isEqualTo("tor=WRITTEN");
            assertThat(third.say("announce 203.0.113.10/32 10.20.0.12")).isEqualTo("tor=WRITTEN");
            await("both next hops, as heavy as each other", this::nextHops, SHARED::equals);
            speaker.kill();
            second.say("announce 203.0.113.11/32 10.20.0.11"); // what is there after it has been seen after the kill
            await("the other VIP", this::kernel, said -> said.contains("203.0.113.11"));
            assertThat(nextHops()).isEqualTo(SHARED);
            assertThat(second.say("withdraw 203.0.113.10/32 10.20.0.11")).isEqualTo("tor=WRITTEN");
            await(
                    "the last one",
                    this::kernel,
                    said -> said.matches("(?s).*203\\.0\\.113\\.10 (nhid \\d+ )?via 10\\.20\\.0\\.12 .*"));
        }
    }

    @Test
    void frr_givesEachNextHopItsShare_andAnotherOneAtAnUpdate_withoutAReset() throws Exception {
        zebra();
        bgpd();
        for (String form : List.of("TRANSITIVE", "NON_TRANSITIVE")) {
            try (Speaker first = new Speaker(lab);
                    Speaker second = new Speaker(lab)) {
                weighted(first, second, form);
                await(
                        "shares of 3 to 1",
                        this::nextHops,
                        List.of(hop("10.20.0.11", 75), hop("10.20.0.12", 25))::equals);
                assertThat(second.say("announce 203.0.113.10/32 10.20.0.12 375000"))
                        .isEqualTo("tor=WRITTEN");
                await("equal shares", this::nextHops, List.of(hop("10.20.0.11", 50), hop("10.20.0.12", 50))::equals);
                assertThat(second.say("announce 203.0.113.10/32 10.20.0.12 1250"))
                        .isEqualTo("tor=WRITTEN");
                await(
                        "the least share there is",
                        this::nextHops,
                        List.of(hop("10.20.0.11", 99), hop("10.20.0.12", 1))::equals);
                assertThat(second.say("announce 203.0.113.10/32 10.20.0.12")).isEqualTo("tor=WRITTEN");
                await("no weights where one says nothing", this::nextHops, SHARED::equals);
                assertThat(second.say("state")).contains("up=1 ");
            }
            await("no route", this::kernel, said -> !said.contains("203.0.113.10"));
        }
    }

    @Test
    void bird_carriesTheBandwidth_andSharesEquallyAllTheSame() throws Exception {
        bird();
        try (Speaker first = new Speaker(lab);
                Speaker second = new Speaker(lab)) {
            weighted(first, second, "TRANSITIVE");
            await("both next hops", this::nextHops, SHARED::equals);
            assertThat(lab.ask(
                            lab.router, "birdc", "-s", lab.directory + "/bird.ctl", "show route 203.0.113.10/32 all"))
                    .contains("BGP.ext_community: (unknown 0x4, 64512, " + Float.floatToIntBits(375_000) + ")")
                    .contains("BGP.ext_community: (unknown 0x4, 64512, " + Float.floatToIntBits(125_000) + ")");
        }
    }

    /** Three back ends behind one next hop, one behind the other. */
    private void weighted(Speaker first, Speaker second, String form) throws Exception {
        peer(first, "10.10.0.2", " bandwidth=" + form);
        peer(second, "10.10.0.3", " bandwidth=" + form);
        assertThat(first.say("announce 203.0.113.10/32 10.20.0.11 375000")).isEqualTo("tor=WRITTEN");
        assertThat(second.say("announce 203.0.113.10/32 10.20.0.12 125000")).isEqualTo("tor=WRITTEN");
    }

    private static String hop(String address, int weight) {
        return "via " + address + " dev r0 weight " + weight;
    }

    private static final List<String> SHARED =
            List.of("via 10.20.0.11 dev r0 weight 1", "via 10.20.0.12 dev r0 weight 1");

    private List<String> nextHops() throws IOException, InterruptedException {
        return lab.ask(lab.router, "ip", "-4", "route", "show", "203.0.113.10")
                .lines()
                .filter(line -> line.contains("nexthop"))
                .map(line -> line.replaceAll(".*(via .*weight \\d+).*", "$1"))
                .sorted()
                .toList();
    }

    private void peer(Speaker one, String local) throws Exception {
        peer(one, local, "");
    }

    private void peer(Speaker one, String local, String more) throws Exception {
        assertThat(one.say("peer id=tor address=10.10.0.1 local=" + local + " as=65000 local-as=64512 router-id="
                        + local + " md5=lab-md5-secret ttl=1" + more))
                .isEqualTo("ok");
        await("a session", () -> one.say("state"), s -> s.contains("ESTABLISHED"));
    }

    private Process bird() throws IOException {
        String config = ROUTERS.resolve("bird.conf").toAbsolutePath().toString();
        return lab.start(lab.router, "bird", "bird", "-f", "-c", config, "-s", lab.directory + "/bird.ctl");
    }

    /** Both families over the signed and guarded session. */
    private void announced() throws Exception {
        peer(speaker, "10.10.0.2");
        assertThat(speaker.say("announce 203.0.113.10/32 10.20.0.11")).isEqualTo("tor=WRITTEN");
        assertThat(speaker.say("announce 2001:db8:100::10/128 2001:db8:f::11")).isEqualTo("tor=WRITTEN");
        awaitRoutes();
    }

    private void awaitRoutes() throws Exception {
        String four = "203\\.0\\.113\\.10 (nhid \\d+ )?via 10\\.20\\.0\\.11 dev r0";
        String six = "2001:db8:100::10 (nhid \\d+ )?via 2001:db8:f::11 dev r0";
        Predicate<String> fits =
                Pattern.compile(four + ".*" + six, Pattern.DOTALL).asPredicate();
        await("both routes", this::kernel, fits);
    }

    private String kernel() throws IOException, InterruptedException {
        return lab.ask(lab.router, "ip", "-4", "route", "show") + lab.ask(lab.router, "ip", "-6", "route", "show");
    }

    private interface Question<T> {
        T ask() throws IOException, InterruptedException;
    }

    private <T> void await(String what, Question<T> question, Predicate<T> fits) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        T answer = question.ask();
        while (!fits.test(answer)) {
            assertThat(System.nanoTime() - end)
                    .as("%s; the last answer was: %s%n%s", what, answer, lab.log("speaker.log"))
                    .isNegative();
            LockSupport.parkNanos(10_000_000);
            answer = question.ask();
        }
    }
}
