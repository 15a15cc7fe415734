// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.servlet.AsyncContext;
import javax.servlet.DispatcherType;
import javax.servlet.ServletOutputStream;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoneClientTest {
    @TempDir
    Path directory;

    private final PrintStream console = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final Answering servlet = new Answering();
    private Running running;

    @BeforeEach
    void open() throws Exception {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        running = new Running(directory, 0, servlet).open();
    }

    @AfterEach
    void close() {
        running.close();
        System.setErr(console);
    }

    /** Answers /N with N bytes, as the JAX-RS runtime does, when it is dispatched again; that is when the client has gone. */
    private static final class Answering extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient CompletableFuture<Void> asked = new CompletableFuture<>();
        private final transient CompletableFuture<Void> gone = new CompletableFuture<>();
        private final transient CompletableFuture<Void> answered = new CompletableFuture<>();

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            if (request.getDispatcherType() != DispatcherType.ASYNC) {
                AsyncContext later = request.startAsync();
                asked.complete(null);
                gone.thenRun(later::dispatch);
                return;
            }
            String path = request.getRequestURI();
            try (ServletOutputStream out = response.getOutputStream()) {
                out.write(new byte[Integer.parseInt(path.substring(path.lastIndexOf('/') + 1))]);
                answered.complete(null);
            } catch (IOException e) {
                answered.completeExceptionally(e);
            }
        }
    }

    private void askAndGo(Socket through, Socket connection, int bytes) throws Exception {
        try (connection) {
            connection.setSoLinger(true, 0); // closing is a reset
            through.getOutputStream()
                    .write(("GET /" + bytes + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            servlet.asked.get(10, TimeUnit.SECONDS);
        }
        servlet.gone.complete(null);
    }

    private void assertOneLineForWhoeverDebugs() throws Exception {
        servlet.answered.get(10, TimeUnit.SECONDS);
        Running.until(() -> log.toString(StandardCharsets.UTF_8).contains("client-gone"));
        running.close(); // all that is at work has ended
        assertThat(log.toString(StandardCharsets.UTF_8).lines().filter(line -> !line.contains(" INFO ")))
                .singleElement()
                .asString()
                .contains("DEBUG", "https=client-gone path=/", " cause=");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1_000_000})
    void clientOfTheAmphora_thatGoesBeforeItsAnswer_isOneLineForWhoeverDebugs(int bytes) throws Exception {
        SSLContext tls = Pki.client("client.pem");
        Socket connection = new Socket(InetAddress.getLoopbackAddress(), running.port());
        Socket through = tls.getSocketFactory().createSocket(connection, "127.0.0.1", running.port(), false);
        askAndGo(through, connection, bytes);
        assertOneLineForWhoeverDebugs();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1_000_000})
    void clientOfTheController_thatGoesBeforeItsAnswer_isOneLineForWhoeverDebugs(int bytes) throws Exception {
        Path announcement = directory.resolve("controller");
        Listener door = running.controller(announcement);
        door.want(true);
        Running.until(() -> Files.exists(announcement));
        String url = Files.readString(announcement).strip();
        int port = Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
        Socket connection = new Socket(InetAddress.getLoopbackAddress(), port);
        askAndGo(connection, connection, bytes);
        assertOneLineForWhoeverDebugs();
        door.close();
    }
}
