// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import java.io.IOException;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionLimit;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** One port of the server: with TLS 1.2 and 1.3, and a client certificate demanded where there are authorities, or plain. */
final class Door {
    private static final int HEADER_BYTES = 16 * 1024;
    private static final int IDLE_MILLIS = 60_000;

    /** Each costs up to 100 KB of memory. When all are taken, the idle ones have to go. */
    private static final int CONNECTIONS = 256;

    private static final int IDLE_MILLIS_WHEN_FULL = 1_000;

    private final WebServer web;
    private final @Nullable String prefix;
    private final SslContextFactory.Server tls = new SslContextFactory.Server();
    private @Nullable ServerConnector connector;

    /** @param prefix what every request's path gets; null: nothing, and it never leads below the controller's */
    Door(WebServer web, @Nullable String prefix) {
        this.web = web;
        this.prefix = prefix;
        tls.setIncludeProtocols("TLSv1.2", "TLSv1.3");
        tls.setEndpointIdentificationAlgorithm(null);
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
        HttpConfiguration settings = settings();
        // Whoever has a certificate of the authority may ask by name or by address: a controller knows addresses only.
        settings.addCustomizer(new SecureRequestCustomizer(false));
        ServerConnector opening = new ServerConnector(web.jetty(), 1, 1, ssl, new HttpConnectionFactory(settings));
        opening.addBean(new HandshakeLog());
        return open(host, port, opening);
    }

    /** The same without TLS. */
    int open(String host, int port) throws IOException {
        return open(host, port, new ServerConnector(web.jetty(), 1, 1, new HttpConnectionFactory(settings())));
    }

    private int open(String host, int port, ServerConnector opening) throws IOException {
        opening.setName(prefix);
        opening.addBean(web.intake(), false);
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
            throw new IOException("the listener can't start", e);
        }
        web.add(opening);
        connector = opening;
        return opening.getLocalPort();
    }

    boolean isOpen() {
        return connector != null;
    }

    /** Whether it was open, and nobody listens there any more though nobody here closed it. */
    boolean isBroken() {
        return connector != null && !(connector.isRunning() && connector.isOpen());
    }

    /** Listens no more; connections that stand are closed. */
    void close() {
        if (connector != null) {
            try {
                connector.stop();
            } catch (Exception e) {
                HttpLog.stopFailed(e);
            }
            web.remove(connector);
            connector = null;
        }
    }

    private static HttpConfiguration settings() {
        HttpConfiguration settings = new HttpConfiguration();
        settings.setSendServerVersion(false);
        settings.setSendDateHeader(true);
        settings.setRequestHeaderSize(HEADER_BYTES);
        return settings;
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
        tls.setNeedClientAuth(stores.trust() != null);
        if (stores.trust() != null) {
            tls.setTrustStore(stores.trust());
            tls.setTrustStorePassword("");
        }
    }
}
