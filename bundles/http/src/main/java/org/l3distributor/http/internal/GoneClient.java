// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.HttpOutput;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * Ends an answer quietly whose client went away before it had all of it: what was done stays done, and nobody is there to be
 * told. Whoever writes the answer goes on as if it were taken. The JAX-RS runtime would else report a fault with a stack trace,
 * once for the body and once for its end, and write an error that nobody gets either.
 */
final class GoneClient implements HttpOutput.Interceptor {
    private final HttpOutput.Interceptor connection;
    private final String path;
    private volatile boolean told;

    private GoneClient(HttpOutput.Interceptor connection, String path) {
        this.connection = connection;
        this.path = path;
    }

    /** From now on, until this request has ended. */
    static void watch(Request request) {
        HttpOutput answer = request.getResponse().getHttpOutput();
        answer.setInterceptor(new GoneClient(answer.getInterceptor(), request.getRequestURI()));
    }

    @Override
    public void write(ByteBuffer content, boolean last, Callback done) {
        connection.write(content, last, new Callback.Nested(done) {
            @Override
            public void failed(Throwable cause) {
                if (!(cause instanceof IOException || cause instanceof TimeoutException)) {
                    super.failed(cause);
                    return;
                }
                if (!told) {
                    told = true;
                    HttpLog.clientGone(path, cause);
                }
                content.position(content.limit());
                super.succeeded();
            }
        });
    }

    @Override
    public HttpOutput.Interceptor getNextInterceptor() {
        return connection;
    }

    @Override
    public boolean isOptimizedForDirectBuffers() {
        return connection.isOptimizedForDirectBuffers();
    }
}
