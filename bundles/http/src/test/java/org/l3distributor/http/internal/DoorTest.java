// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two doors to one server. */
class DoorTest {
    @TempDir
    Path directory;

    private Running amphora;
    private Listener controller;
    private Path announcement;

    @BeforeEach
    void open() throws Exception {
        amphora = new Running(directory, 0).open();
        announcement = directory.resolve("run/controller");
        controller = amphora.controller(announcement);
        controller.want(true);
        Running.until(() -> Files.exists(announcement));
    }

    @AfterEach
    void close() {
        controller.close();
        amphora.close();
    }

    @Test
    void controllersDoor_leadsBelowItsPrefix() throws Exception {
        assertThat(askController("GET /v2/lbaas?limit=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("X-Path: /controller/v2/lbaas /controller/v2/lbaas")
                .contains("X-Again: /controller/v2/lbaas\r\n");
        assertThat(askController("GET //v2.0//x/?a=//v2.0/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .contains("X-Path: /controller/v2/x /controller/v2/x");
        assertThat(askController("GET /v2.01/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .contains("X-Path: /controller/v2.01/x /controller/v2.01/x");
        assertThat(askController("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .contains("X-Path: /controller/ /controller/");
    }

    @Test
    void controllersDoor_withABodyThatComesLate_leadsBelowItsPrefixOnce() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "POST /v2/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 10\r\n\r\n01234");
            assertThat(askController("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
            send(socket, "56789");
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .contains("X-Path: /controller/v2/x /controller/v2/x")
                    .contains("X-Again: /controller/v2/x\r\n")
                    .endsWith("bytes=10");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/controller",
                "/controller/v2",
                "//controller/v2",
                "/%63ontroller/v2",
                "/x/../controller/v2",
                "/./controller/v2",
                "/controller;x=1/v2",
                "///controller//v2"
            })
    void amphorasDoor_leadsNeverBelowThePrefix(String path) throws Exception {
        SSLContext client = Pki.client("client.pem");
        assertThat(amphora.ask(client, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404")
                .contains("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../1.0/info", "/%2e%2e/1.0/info", "/v2/../../1.0/info"})
    void controllersDoor_leadsNeverOutOfThePrefix(String path) throws Exception {
        assertThat(askController("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .doesNotContain("X-Path: /1.0")
                .startsWith("HTTP/1.1 4");
    }

    @Test
    void aBodyThatIsTooLong_isRefusedInOctaviasForm() throws Exception {
        String head = "POST /v2/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5000000\r\n\r\n";
        assertThat(askController(head + "x".repeat(5_000_000)))
                .startsWith("HTTP/1.1 413")
                .contains("\"faultstring\":\"The body is longer than 4194304 bytes\"");
    }

    @Test
    void oneDoor_closes_andTheOtherStaysOpen() throws Exception {
        controller.want(false);
        Running.until(() -> !Files.exists(announcement));
        assertThat(amphora.ask(Pki.client("client.pem"), "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void withoutTls_onlyALoopbackAddressIsTaken() {
        assertThat(ControllerHttpComponent.files(false, "127.0.0.1", "")).isNull();
        assertThat(ControllerHttpComponent.files(false, "::1", "")).isNull();
        assertThat(ControllerHttpComponent.files(true, "::", "/x.pem")).isNotNull();
        for (String host : new String[] {"::", "0.0.0.0", "10.0.0.1", "localhost", ""}) {
            assertThatThrownBy(() -> ControllerHttpComponent.files(false, host, ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("tokens in the clear");
        }
    }

    private String askController(String request) throws IOException {
        try (Socket socket = connect()) {
            send(socket, request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private Socket connect() throws IOException {
        String url = Files.readString(announcement).strip();
        assertThat(url).startsWith("http://127.0.0.1:");
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(url.substring(url.lastIndexOf(':') + 1)));
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }
}
