// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.servlet.AsyncContext;
import javax.servlet.DispatcherType;
import javax.servlet.ServletRequestEvent;
import javax.servlet.ServletRequestListener;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletRequestWrapper;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Connector;
import org.l3distributor.http.ControllerDoor;

/** A listener on a free port of 127.0.0.1, in front of a servlet, which counts the bytes of bodies when it isn't another. */
final class Running implements AutoCloseable {
    final Path directory;
    final Path server;
    final Path clientCa;
    final Path announcement;
    final Listener listener;
    private final WebServer web;

    Running(Path directory, int port) throws IOException {
        this(directory, port, new Counting());
    }

    Running(Path directory, int port, HttpServlet servlet) throws IOException {
        web = new WebServer(servlet, new NoEvents());
        this.directory = directory;
        server = copy("server.pem");
        clientCa = copy("authority.crt");
        announcement = directory.resolve("run/https");
        listener = new Listener(
                new Listener.Settings("127.0.0.1", port, new TlsFiles(server, clientCa), announcement),
                new Door(web, null));
    }

    /** One more door, plain, to the same server. */
    Listener controller(Path itsAnnouncement) {
        return new Listener(
                new Listener.Settings("127.0.0.1", 0, null, itsAnnouncement), new Door(web, ControllerDoor.PREFIX));
    }

    private static final class NoEvents implements ServletRequestListener {
        @Override
        public void requestInitialized(ServletRequestEvent event) {}

        @Override
        public void requestDestroyed(ServletRequestEvent event) {}
    }

    private Path copy(String name) throws IOException {
        return Files.write(directory.resolve(name), Pki.bytes(name));
    }

    Running open() {
        listener.want(true);
        until(() -> Files.exists(announcement));
        return this;
    }

    /**
     * What no part of the product does: the socket that listens is closed below everybody. Whoever is in accept() holds it for
     * some moments more, and may take one more connection.
     *
     * @return whose it was
     */
    Connector loseItsSocket() throws IOException {
        Connector loser = web.jetty().getConnectors()[0];
        ((ServerSocketChannel) loser.getTransport()).close();
        return loser;
    }

    /** Whether somebody else listens now. */
    boolean hasReplaced(Connector loser) {
        Connector[] now = web.jetty().getConnectors();
        return now.length > 0 && !now[0].equals(loser);
    }

    int port() throws IOException {
        String url = Files.readString(announcement).strip();
        return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
    }

    SSLSocket connect(SSLContext client, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(10_000);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        return socket;
    }

    /** Sends it on a connection of its own, and gives all that comes back. */
    String ask(SSLContext client, String request) throws IOException {
        try (SSLSocket socket = connect(client)) {
            return ask(socket, request);
        }
    }

    static String ask(SSLSocket socket, String request) throws IOException {
        send(socket, request);
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    static void send(SSLSocket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    static void until(BooleanSupplier condition) {
        until(Duration.ofSeconds(10), condition);
    }

    static void until(Duration atMost, BooleanSupplier condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("it didn't happen within " + atMost);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void close() {
        listener.close();
        web.stop();
    }

    /** Answers when it is dispatched again, as the JAX-RS runtime does, with a view of the request as the whiteboard's. */
    private static final class Counting extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                response.setHeader("X-Again", String.valueOf(request.getPathInfo()));
                response.getWriter().print(request.getAttribute("seen"));
                return;
            }
            try (InputStream body = request.getInputStream()) {
                request.setAttribute("seen", "bytes=" + body.readAllBytes().length);
            }
            response.setHeader("X-Path", request.getRequestURI() + " " + request.getPathInfo());
            AsyncContext later = request.startAsync(new BelowItsContext(request), response);
            later.dispatch();
        }
    }

    /** The path as it is within the context of the controller's API. */
    private static final class BelowItsContext extends HttpServletRequestWrapper {
        BelowItsContext(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getPathInfo() {
            return super.getPathInfo().replaceFirst("^" + ControllerDoor.PREFIX, "");
        }
    }
}
