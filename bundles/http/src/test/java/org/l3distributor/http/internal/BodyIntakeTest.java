// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyIntakeTest {
    @TempDir
    Path directory;

    private Running running;
    private SSLContext client;

    @BeforeEach
    void open() throws Exception {
        running = new Running(directory, 0).open();
        client = Pki.client("client.pem");
    }

    @AfterEach
    void close() {
        running.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 16_384, 128 * 1024, 128 * 1024 + 1, Intake.LIMIT})
    void body_upToTheLimit_reachesTheServletWhole(int length) throws Exception {
        assertThat(running.ask(client, put(length) + "x".repeat(length))).endsWith("bytes=" + length);
    }

    @Test
    void body_withoutALength_reachesTheServletWhole() throws Exception {
        String chunk = "2710\r\n" + "x".repeat(10_000) + "\r\n";
        assertThat(running.ask(client, chunked() + chunk.repeat(30) + "0\r\n\r\n"))
                .endsWith("bytes=300000");
    }

    @Test
    void body_thatComesInTwoParts_reachesTheServletWhole() throws Exception {
        try (SSLSocket socket = running.connect(client)) {
            Running.send(socket, put(10) + "01234");
            assertThat(running.ask(client, put(3) + "abc")).endsWith("bytes=3");
            assertThat(Running.ask(socket, "56789")).endsWith("bytes=10");
        }
    }

    @Test
    void body_overTheLimit_isRefused() throws Exception {
        assertThat(running.ask(client, extended(put(10_000_000)) + "x".repeat(10_000_000)))
                .startsWith("HTTP/1.1 413")
                .contains("application/json", "\"code\":\"too_large\"");
        String chunk = "400000\r\n" + "x".repeat(0x400000) + "\r\n";
        assertThat(running.ask(client, extended(chunked()) + chunk + "1\r\nx\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
    }

    /** Octavia's client takes a 413 for success. */
    @Test
    void body_overTheLimit_inOctaviasPartOfTheApi_isABadRequest() throws Exception {
        assertThat(running.ask(client, put(20_000_000) + "x".repeat(20_000_000)))
                .startsWith("HTTP/1.1 400")
                .contains("application/json", "longer than 4194304 bytes");
        assertThat(Refusals.status(408, "/1.0/plug/network")).isEqualTo(400);
        assertThat(Refusals.status(503, "/1.0/distributors")).isEqualTo(500);
        assertThat(Refusals.status(503, "/1.0/distributor/amphorae")).isEqualTo(503);
    }

    @Test
    void clients_thatStopInTheMiddle_keepNobodyElseWaiting() throws Exception {
        List<SSLSocket> stalled = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            SSLSocket socket = running.connect(client);
            stalled.add(socket);
            Running.send(socket, (i % 2 == 0 ? put(1_000) : put(1_000_000)) + "x".repeat(500));
        }
        assertThat(running.ask(client, put(5) + "12345")).endsWith("bytes=5");
        for (SSLSocket socket : stalled) {
            socket.close();
        }
        assertThat(running.ask(client, put(1_000_000) + "x".repeat(1_000_000))).endsWith("bytes=1000000");
    }

    private static String extended(String head) {
        return head.replace("PUT /x", "PUT /1.0/distributor/x");
    }

    private static String put(int length) {
        return "PUT /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static String chunked() {
        return "PUT /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
    }
}
