// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.relational;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OpenerTest {
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch open = new CountDownLatch(1);

    private final Opener.Publisher<Opener.Store> publisher = new Opener.Publisher<>() {
        @Override
        public Opener.Publication open(Opener.Store store) {
            said.add("+open");
            open.countDown();
            return () -> said.add("-open");
        }

        @Override
        public Opener.Publication notOpen(Throwable reason, Duration retry) {
            String text = reason.getMessage() + " " + retry.toMillis();
            said.add("+" + text);
            return () -> said.add("-" + text);
        }
    };

    @Test
    void open_thatFailsTwice_waitsTwiceAsLongEachTimeUpToTheBound() throws InterruptedException {
        List<Throwable> faults =
                new ArrayList<>(List.of(new IOException("a"), new LinkageError("b"), new IllegalStateException("c")));
        Opener<Opener.Store> opener = new Opener<>(
                "test-open",
                () -> {
                    if (faults.isEmpty()) {
                        return () -> said.add("closed");
                    }
                    Throwable fault = faults.remove(0);
                    if (fault instanceof Error error) {
                        throw error;
                    }
                    throw (Exception) fault;
                },
                publisher,
                Duration.ofMillis(1),
                Duration.ofMillis(3));
        assertThat(open.await(30, TimeUnit.SECONDS)).isTrue();
        opener.close();
        assertThat(said).containsExactly("+a 1", "+b 2", "-a 1", "+c 3", "-b 2", "+open", "-c 3", "-open", "closed");
    }

    @Test
    void close_inTheMiddleOfAWait_endsTheThreadAndTakesTheReasonBack() {
        Opener<Opener.Store> opener = new Opener<>(
                "test-open",
                () -> {
                    throw new IOException("a");
                },
                publisher,
                Duration.ofHours(1),
                Duration.ofHours(1));
        opener.close();
        assertThat(said).containsExactly("+a 3600000", "-a 3600000");
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(t -> t.getName().equals("test-open"));
    }
}
