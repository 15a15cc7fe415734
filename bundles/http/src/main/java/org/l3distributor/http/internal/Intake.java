// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.servlet.AsyncContext;
import javax.servlet.AsyncEvent;
import javax.servlet.AsyncListener;
import javax.servlet.ReadListener;
import javax.servlet.http.HttpServletRequest;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpInput;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** One body on its way in. Jetty calls the listener's methods one after the other. */
final class Intake implements ReadListener, AsyncListener {
    /** The longest body that is taken. */
    static final int LIMIT = 4 * 1024 * 1024;

    /** A longer one, or one whose length isn't told, waits for its turn. */
    static final int SHORT = 128 * 1024;

    /** For the waiting and the coming together. */
    static final long PATIENCE_MILLIS = 30_000;

    /**
     * How much of a body that is too long is read and thrown away: a client that is still sending when the connection
     * is closed sees a reset instead of the answer.
     */
    private static final long THROWN_AWAY = 64L * 1024 * 1024;

    private final Request base;
    private final HttpInput input;
    private final long length;
    private final AtomicBoolean ended = new AtomicBoolean();
    private byte[] scratch = new byte[0];
    private ByteArrayOutputStream taken = new ByteArrayOutputStream(0);
    private long come;
    private volatile boolean begun;
    private @Nullable AsyncContext waiting;
    private boolean handedOver;

    Intake(Request base) {
        this.base = base;
        this.input = base.getHttpInput();
        this.length = base.getContentLengthLong();
    }

    /** One that says that it is too long isn't kept, and so needs no turn. */
    boolean isLong() {
        return length < 0 || (length > SHORT && length <= LIMIT);
    }

    /** Takes what came along with the headers: mostly that is all, and nothing needs to be waited for. */
    boolean isHereAlready() throws IOException {
        if (length <= 0 || length > SHORT) {
            return false;
        }
        base.getInputStream(); // tells the client to go on if it asked
        for (int ready = input.available(); ready > 0 && come < length; ready = input.available()) {
            keep(input.read(room(ready), 0, ready));
        }
        return come == length;
    }

    /** Reads whenever something comes, from now on. */
    void begin(AsyncContext context) {
        waiting = context;
        begun = true;
        try {
            base.getInputStream();
            input.setReadListener(this);
        } catch (IOException | IllegalStateException gone) {
            end(context);
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] buffer = room(16 * 1024);
        while (!ended.get() && input.isReady() && !input.isFinished()) {
            int count = input.read(buffer);
            if (count > 0) {
                keep(count);
            }
            if (come > THROWN_AWAY) {
                refuse(413);
            }
        }
    }

    private byte[] room(int size) {
        if (scratch.length < size) {
            scratch = new byte[size];
        }
        return scratch;
    }

    private void keep(int count) {
        come += count;
        if (come > LIMIT || length > LIMIT) {
            taken = new ByteArrayOutputStream(0);
        } else {
            taken.write(scratch, 0, count);
        }
    }

    @Override
    public void onAllDataRead() {
        if (come > LIMIT) {
            refuse(413);
        } else if (waiting != null && ended.compareAndSet(false, true)) {
            waiting.dispatch();
        }
    }

    @Override
    public void onError(Throwable gone) {
        if (waiting != null) {
            end(waiting);
        }
    }

    private void end(AsyncContext context) {
        if (ended.compareAndSet(false, true)) {
            context.complete();
        }
    }

    boolean isHandedOver() {
        return handedOver;
    }

    /** The request as whoever works on it sees it, with the whole body there. */
    HttpServletRequest handOver(HttpServletRequest request) {
        handedOver = true;
        byte[] body = taken.toByteArray();
        taken = new ByteArrayOutputStream(0);
        scratch = new byte[0];
        return new TakenRequest(request, body);
    }

    /** A connection whose body wasn't read to its end can't be used again. */
    private void refuse(int status) {
        AsyncContext context = waiting == null ? base.getAsyncContext() : waiting;
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        Response response = base.getResponse();
        response.setStatus(Refusals.status(status, base.getRequestURI()));
        response.setContentType("application/json");
        response.setHeader(HttpHeader.CONNECTION, "close");
        try {
            byte[] body = Refusals.body(status, base.getRequestURI()).getBytes(StandardCharsets.UTF_8);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        } catch (IOException gone) {
            HttpLog.clientGone(status, gone);
        }
        context.complete();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        refuse(begun ? 408 : 503);
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
