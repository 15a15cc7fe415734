// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.systemd.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NotifierTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Recorder line = new Recorder();
    private final Deque<CompletableFuture<Void>> questions = new ArrayDeque<>();
    private String status = "not ready: session tor1 Active";

    @Test
    void started_saysReadyAndTheStatus() {
        notifier(null).started();

        assertThat(line.sent).containsExactly("READY=1\nSTATUS=not ready: session tor1 Active");
    }

    @Test
    void status_isToldWhenItChanges_andOnlyThen() {
        Notifier notifier = notifier(null);
        notifier.started();
        line.sent.clear();

        notifier.tick(START);
        status = "ready: session tor1 Established";
        notifier.tick(START.plusSeconds(1));
        notifier.tick(START.plusSeconds(2));

        assertThat(line.sent).containsExactly("STATUS=ready: session tor1 Established");
    }

    @Test
    void signOfLife_isGivenFourTimesInTheTimeout_whenTheQuestionIsAnswered() {
        Notifier notifier = notifier(Duration.ofSeconds(40));
        notifier.started();
        line.sent.clear();

        for (int second = 0; second < 40; second++) {
            notifier.tick(START.plusSeconds(second));
            questions.forEach(question -> question.complete(null));
        }

        assertThat(line.sent).hasSize(4).containsOnly("WATCHDOG=1");
    }

    @Test
    void signOfLife_isWithheld_whileTheQuestionIsUnanswered() {
        Notifier notifier = notifier(Duration.ofSeconds(40));
        notifier.started();
        line.sent.clear();

        for (int second = 0; second < 300; second++) {
            notifier.tick(START.plusSeconds(second));
        }

        assertThat(line.sent).isEmpty();
        assertThat(questions).as("one question at a time").hasSize(1);
    }

    @Test
    void refusal_isAnAnswer() {
        Notifier notifier = notifier(Duration.ofSeconds(40));
        notifier.started();
        line.sent.clear();

        notifier.tick(START);
        questions.getFirst().completeExceptionally(new IllegalStateException("the speaker is gone"));
        notifier.tick(START.plusSeconds(1));

        assertThat(line.sent).containsExactly("WATCHDOG=1");
    }

    @Test
    void unwatchedProcess_asksNothing() {
        Notifier notifier = notifier(null);
        notifier.started();
        notifier.tick(START.plusSeconds(100));

        assertThat(questions).isEmpty();
    }

    @Test
    void socketThatFails_isTriedAgainAtTheNextOccasion() {
        Notifier notifier = notifier(null);
        line.failing = true;
        notifier.started();
        line.failing = false;
        notifier.stopping();

        assertThat(line.sent).containsExactly("STOPPING=1\nSTATUS=stopping");
    }

    private Notifier notifier(@Nullable Duration watchdog) {
        return new Notifier(line, watchdog, () -> status, () -> {
            CompletableFuture<Void> question = new CompletableFuture<>();
            questions.add(question);
            return question;
        });
    }

    private static final class Recorder implements Notifier.Line {
        final List<String> sent = new ArrayList<>();
        boolean failing;

        @Override
        public void send(String state) throws IOException {
            if (failing) {
                throw new IOException("Connection refused");
            }
            sent.add(state);
        }

        @Override
        public void close() {}
    }
}
