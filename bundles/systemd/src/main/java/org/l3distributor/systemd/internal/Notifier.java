// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.systemd.internal;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides what the service manager is told, and when. One thread at a time. */
final class Notifier {
    /** Where a datagram of assignments goes. */
    interface Line extends AutoCloseable {
        void send(String state) throws IOException;

        @Override
        void close() throws IOException;
    }

    private final Line line;
    private final @Nullable Duration pause;
    private final Supplier<String> status;
    private final Supplier<? extends CompletionStage<?>> question;

    private String told = "";
    private boolean broken;
    private Instant lastSign = Instant.MIN;
    private @Nullable CompletableFuture<?> asked;

    /**
     * @param watchdog a sign of life must be given more often than this; null = never
     * @param status the line to show
     * @param question asks the part of the appliance that all changes pass through; an answer of any kind shows that it lives
     */
    Notifier(
            Line line,
            @Nullable Duration watchdog,
            Supplier<String> status,
            Supplier<? extends CompletionStage<?>> question) {
        this.line = line;
        this.pause = watchdog == null ? null : watchdog.dividedBy(4);
        this.status = status;
        this.question = question;
    }

    /** The appliance has been started; whether it can announce is what the status says. */
    void started() {
        told = status.get();
        send("READY=1\nSTATUS=" + told);
    }

    /** To be called about every second. */
    void tick(Instant now) {
        String line = status.get();
        if (!line.equals(told)) {
            told = line;
            send("STATUS=" + line);
        }
        if (pause != null && !now.isBefore(lastSign.equals(Instant.MIN) ? now : lastSign.plus(pause))) {
            if (asked == null) {
                asked = question.get().toCompletableFuture();
            }
            if (asked.isDone()) {
                asked = null;
                lastSign = now;
                send("WATCHDOG=1");
            }
        }
    }

    void stopping() {
        send("STOPPING=1\nSTATUS=stopping");
    }

    private void send(String state) {
        try {
            line.send(state);
            broken = false;
        } catch (IOException e) {
            if (!broken) {
                SystemdLog.unheard(e);
            }
            broken = true;
        }
    }
}
