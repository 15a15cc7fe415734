// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import java.util.EventListener;
import javax.servlet.Servlet;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * One Jetty, every request of it handed to the whiteboard's dispatcher, which knows one server only. The dispatcher is set
 * up at once, since nothing registers with the whiteboard before; {@link Door}s open by and by.
 */
final class WebServer {
    /** Requests at work at once; bodies are read and answers waited for without any of these. */
    private static final int THREADS = 12;

    private static final int IDLE_MILLIS = 60_000;

    private final Server server;
    private final BodyIntake intake = new BodyIntake();

    /** Starts the dispatcher; nothing listens yet. */
    WebServer(Servlet dispatcher, EventListener events) {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2, IDLE_MILLIS);
        threads.setName("l3d-http");
        server = new Server(threads);
        server.setStopTimeout(500);
        server.setErrorHandler(new JsonErrors());
        intake.setHandler(context(dispatcher, events));
        Entrance entrance = new Entrance();
        entrance.setHandler(intake);
        server.setHandler(entrance);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP dispatcher can't start", e);
        }
    }

    private static ServletContextHandler context(Servlet dispatcher, EventListener events) {
        ServletContextHandler context = new ServletContextHandler(null, "/", ServletContextHandler.NO_SESSIONS);
        context.setErrorHandler(new JsonErrors());
        context.addEventListener(events);
        ServletHolder holder = new ServletHolder(dispatcher);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        return context;
    }

    Server jetty() {
        return server;
    }

    BodyIntake intake() {
        return intake;
    }

    /** Takes a connector that listens already. */
    void add(ServerConnector connector) {
        server.addConnector(connector);
    }

    void remove(ServerConnector connector) {
        server.removeConnector(connector);
    }

    /** Gives requests at work half a second, then closes everything. */
    void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            HttpLog.stopFailed(e);
        }
    }
}
