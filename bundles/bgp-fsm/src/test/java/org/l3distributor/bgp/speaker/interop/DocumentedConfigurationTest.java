// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
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
    private static final Duration PATIENCE = Duration.ofSeconds(20);

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
        String folder = lab.directory.toString();
        // the daemons give root up before they make their sockets
        Files.setPosixFilePermissions(lab.directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        frr("zebra", Files.createFile(lab.directory.resolve("zebra.conf")), folder);
        // a bgpd that doesn't find zebra looks again only after many seconds
        await("zebra", () -> lab.ask(lab.router, "ls", folder), files -> files.contains("zserv.api"));
        Process bgpd = frr("bgpd", ROUTERS.resolve("frr.conf").toAbsolutePath(), folder);
        announced();
        bgpd.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        await("no route of a dead router", this::kernel, k -> !k.contains("203.0.113.10"));
        frr("bgpd", ROUTERS.resolve("frr.conf").toAbsolutePath(), folder);
        awaitRoutes();
        assertThat(speaker.say("state")).contains("up=2 ");
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

    private Process bird() throws IOException {
        String config = ROUTERS.resolve("bird.conf").toAbsolutePath().toString();
        return lab.start(lab.router, "bird", "bird", "-f", "-c", config, "-s", lab.directory + "/bird.ctl");
    }

    /** Both families over the signed and guarded session. */
    private void announced() throws Exception {
        assertThat(speaker.say("peer id=tor address=10.10.0.1 local=10.10.0.2 as=65000 local-as=64512"
                        + " router-id=10.10.0.2 md5=lab-md5-secret ttl=1"))
                .isEqualTo("ok");
        await("a session", () -> speaker.say("state"), s -> s.contains("ESTABLISHED"));
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

    private interface Question {
        String ask() throws IOException, InterruptedException;
    }

    private void await(String what, Question question, Predicate<String> fits) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String answer = question.ask();
        while (!fits.test(answer)) {
            assertThat(System.nanoTime() - end)
                    .as("%s; the last answer was: %s%n%s", what, answer, lab.log("speaker.log"))
                    .isNegative();
            LockSupport.parkNanos(10_000_000);
            answer = question.ask();
        }
    }
}
