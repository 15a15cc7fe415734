// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;

/** Tells of clients that TLS refused, at most once a second: whoever knocks in a loop mustn't fill the log. */
final class HandshakeLog implements SslHandshakeListener {
    private static final long PAUSE_NANOS = 1_000_000_000L;

    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private final AtomicLong untold = new AtomicLong();

    @Override
    public void handshakeFailed(Event event, Throwable failure) {
        long due = next.get();
        long now = System.nanoTime();
        if (now - due < 0 || !next.compareAndSet(due, now + PAUSE_NANOS)) {
            untold.incrementAndGet();
            return;
        }
        HttpLog.refused(event.getSSLEngine().getPeerHost(), failure, untold.getAndSet(0));
    }
}
