// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import java.io.IOException;
import java.util.EventListener;
import javax.servlet.Servlet;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionLimit;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * One Jetty: TLS 1.2 and 1.3, a client certificate demanded, every request handed to the whiteboard's dispatcher. The
 * dispatcher is set up at once, since nothing registers with the whiteboard before; the port opens when told so.
 */
final class HttpsServer {
    /** Requests at work at once; bodies are read and answers waited for without any of these. */
    private static final int THREADS = 12;

    private static final int HEADER_BYTES = 16 * 1024;
    private static final int IDLE_MILLIS = 60_000;

    /** Each costs up to 100 KB of memory. When all are taken, the idle ones have to go. */
    private static final int CONNECTIONS = 256;

    private static final int IDLE_MILLIS_WHEN_FULL = 1_000;

    private final Server server;
    private final BodyIntake intake = new BodyIntake();
    private final SslContextFactory.Server tls = new SslContextFactory.Server();
    private @Nullable ServerConnector connector;

    /** Starts the dispatcher; nothing listens yet. */
    HttpsServer(Servlet dispatcher, EventListener events) {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2, IDLE_MILLIS);
        threads.setName("l3d-http");
        server = new Server(threads);
        server.setStopTimeout(500);
        server.setErrorHandler(new JsonErrors());
        intake.setHandler(context(dispatcher, events));
        server.setHandler(intake);
        tls.setNeedClientAuth(true);
        tls.setIncludeProtocols("TLSv1.2", "TLSv1.3");
        tls.setEndpointIdentificationAlgorithm(null);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP dispatcher can't start", e);
        }
    }

    /**
     * Listens; gives the port.
     *
     * @param beforeConnection run before each connection gets its certificate; it may renew it
     * @throws IOException when the address can't be had, for now
     */
    int open(String host, int port, TlsFiles.Stores stores, Runnable beforeConnection) throws IOException {
        put(stores);
        SslConnectionFactory ssl = new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString()) {
            @Override
            public Connection newConnection(Connector to, EndPoint from) {
                beforeConnection.run();
                return super.newConnection(to, from);
            }
        };
        ServerConnector opening = new ServerConnector(server, 1, 1, ssl, new HttpConnectionFactory(settings()));
        opening.addBean(new HandshakeLog());
        opening.addBean(intake, false);
        ConnectionLimit limit = new ConnectionLimit(CONNECTIONS, opening);
        limit.setIdleTimeout(IDLE_MILLIS_WHEN_FULL);
        opening.addBean(limit);
        opening.setHost(host);
        opening.setPort(port);
        opening.setIdleTimeout(IDLE_MILLIS);
        try {
            opening.start();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the HTTPS listener can't start", e);
        }
        server.addConnector(opening);
        connector = opening;
        return opening.getLocalPort();
    }

    boolean isOpen() {
        return connector != null;
    }

    /** Listens no more; connections that stand are closed. */
    void close() {
        if (connector != null) {
            try {
                connector.stop();
            } catch (Exception e) {
                HttpLog.stopFailed(e);
            }
            server.removeConnector(connector);
            connector = null;
        }
    }

    private static HttpConfiguration settings() {
        HttpConfiguration settings = new HttpConfiguration();
        settings.setSendServerVersion(false);
        settings.setSendDateHeader(true);
        settings.setRequestHeaderSize(HEADER_BYTES);
        // Whoever has a certificate of the authority may ask by name or by address: a controller knows addresses only.
        settings.addCustomizer(new SecureRequestCustomizer(false));
        return settings;
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

    /** Handshakes from now on use these; connections that stand go on. */
    void renew(TlsFiles.Stores stores) {
        try {
            tls.reload(factory -> put(stores));
        } catch (Exception e) {
            throw new IllegalStateException("proved certificates were refused", e);
        }
    }

    private void put(TlsFiles.Stores stores) {
        tls.setKeyStore(stores.key());
        tls.setKeyStorePassword("");
        tls.setKeyManagerPassword("");
        tls.setTrustStore(stores.trust());
        tls.setTrustStorePassword("");
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
