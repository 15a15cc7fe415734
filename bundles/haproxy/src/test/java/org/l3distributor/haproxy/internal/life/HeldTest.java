// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.l3distributor.haproxy.internal.life.EngineFixture.LB;
import static org.l3distributor.haproxy.internal.life.EngineFixture.VIP;
import static org.l3distributor.haproxy.internal.life.EngineFixture.done;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.l3distributor.haproxy.Held;

/** What is told of connections that outlive a reload. */
class HeldTest extends HaproxyInNamespace {
    private static final Duration SOON = Duration.ofSeconds(20);

    /** A connection from inside of the namespace that has sent something, and stays until it is closed. */
    private final class Client implements AutoCloseable {
        private final Process process;

        /** @param answered whether the request is whole, and its answer has come */
        Client(boolean answered) throws IOException {
            String read = "read -r line <&3; ";
            String words = "exec 3<>/dev/tcp/" + VIP + "/80; printf '"
                    + (answered
                            ? "GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n' >&3; " + read
                            : "GET / HTTP/1.1\\r\\n' >&3; ")
                    + "echo open; read -r end";
            process = new ProcessBuilder("ip", "netns", "exec", on.namespace, "bash", "-c", words)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader says = process.inputReader();
            assertThat(says.readLine()).isEqualTo("open");
        }

        @Override
        public void close() throws IOException, InterruptedException {
            process.getOutputStream().close();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Optional<Held> held() {
        return done(on.engine.held(LB));
    }

    private void isSoon(Held expected) {
        on.await(SOON, () -> held().equals(Optional.of(expected)));
    }

    @Test
    void aConnection_thatOutlivesAReload_isToldByItsOldWorker_untilItIsClosed() throws Exception {
        on.take(LB, VIP + ":80");
        isSoon(new Held(0, 0));
        try (Client ignored = new Client(false)) {
            isSoon(new Held(1, 0));
            on.take(LB); // no frontends: nobody new is let in
            assertThat(held()).contains(new Held(0, 1));
            on.take(LB); // that worker had no connections
            isSoon(new Held(0, 1));
            on.restart();
            on.await(SOON, () -> on.state(LB).alive());
            assertThat(held()).contains(new Held(0, 1));
        }
        isSoon(new Held(0, 0));
    }

    @Test
    void aConnection_thatIsIdleBetweenRequests_endsWithTheReload() throws Exception {
        on.take(LB, VIP + ":80");
        try (Client ignored = new Client(true)) {
            isSoon(new Held(1, 0));
            on.take(LB);
            isSoon(new Held(0, 0));
        }
    }

    @Test
    void whatIsNotThere_holdsNothing_andWhatDoesNotAnswer_isNotKnown() throws Exception {
        assertThat(held()).contains(Held.NOTHING);
        on.take(LB, VIP + ":80");
        try (Client ignored = new Client(false)) {
            isSoon(new Held(1, 0));
            Files.delete(base.resolve(LB + ".sock"));
            assertThat(held()).isEmpty();
            done(on.engine.stop(LB));
            assertThat(held()).contains(Held.NOTHING);
        }
    }
}
