// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.bgp.speaker.internal.net;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.l3distributor.bgp.speaker.PeerSettings;

/** One peer's connection in the making, and the wait before the next attempt. Used on the peer's loop alone. */
final class Dialler {
    private final TcpConnector connector;
    private final LazyTimer retry;
    private TcpConnector.@Nullable Attempt attempt;

    Dialler(TcpConnector connector, LazyTimer retry) {
        this.connector = connector;
        this.retry = retry;
    }

    /** Ends in one of the two, unless it is aborted before. */
    void connect(PeerSettings settings, Consumer<Channel> made, Consumer<String> failed) {
        abort();
        attempt = connector.connect(
                settings,
                channel -> {
                    attempt = null;
                    made.accept(channel);
                },
                reason -> {
                    attempt = null;
                    failed.accept(reason);
                });
    }

    void abort() {
        if (attempt != null) {
            attempt.abort();
            attempt = null;
        }
    }

    void waitFor(Duration pause) {
        retry.arm(pause);
    }

    void stopWaiting() {
        retry.disarm();
    }
}
