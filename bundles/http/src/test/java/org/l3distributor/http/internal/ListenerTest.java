// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.server.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void client_withACertificateOfTheAuthority_isAnswered(String protocol) throws Exception {
        try (Running running = new Running(directory, 0).open();
                SSLSocket socket = running.connect(Pki.client("client.pem"), protocol)) {
            assertThat(Running.ask(socket, GET)).startsWith("HTTP/1.1 200").endsWith("bytes=0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stranger.pem", "expired.pem"})
    void client_withAnotherAuthoritysOrAnExpiredCertificate_isRefused(String certificate) throws Exception {
        try (Running running = new Running(directory, 0).open()) {
            assertThatThrownBy(() -> running.ask(Pki.client(certificate), GET)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void client_withoutACertificate_isRefused() throws Exception {
        try (Running running = new Running(directory, 0).open()) {
            assertThatThrownBy(() -> running.ask(Pki.nameless(), GET)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void client_thatSpeaksOldTlsOnly_isRefused() throws Exception {
        String disabled = Security.getProperty("jdk.tls.disabledAlgorithms");
        Security.setProperty("jdk.tls.disabledAlgorithms", "");
        try (Running running = new Running(directory, 0).open();
                SSLSocket socket = running.connect(Pki.client("client.pem"), "TLSv1.1")) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        } finally {
            Security.setProperty("jdk.tls.disabledAlgorithms", disabled);
        }
    }

    @Test
    void replacedFiles_areUsedForTheNextHandshake_andBrokenOnesAreNot() throws Exception {
        SSLContext client = Pki.client("client.pem");
        try (Running running = new Running(directory, 0).open();
                SSLSocket kept = running.connect(client)) {
            kept.startHandshake();
            Files.write(running.server, Pki.bytes("second.pem"));
            assertThat(subject(running, client)).as("the next handshake").isEqualTo("CN=second");

            // Half of the file, as a writer may leave it for a moment, and then a pair that doesn't belong together.
            String ec = Pki.text("ec.pem");
            Files.writeString(running.server, ec.substring(0, ec.length() / 2));
            assertThat(subject(running, client)).isEqualTo("CN=second");
            Files.write(running.server, Pki.bytes("mismatch.pem"));
            assertThat(subject(running, client)).isEqualTo("CN=second");

            Files.write(running.server, Pki.bytes("ec-sec1.pem"));
            Running.until(() -> subject(running, client).equals("CN=ec"));
            assertThat(Running.ask(kept, GET)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void addedAuthority_letsItsClientsIn() throws Exception {
        SSLContext stranger = Pki.client("stranger.pem");
        try (Running running = new Running(directory, 0).open()) {
            Files.writeString(running.clientCa, Pki.text("authority.crt") + Pki.text("other.crt"));
            Running.until(() -> {
                try {
                    return running.ask(stranger, GET).startsWith("HTTP/1.1 200");
                } catch (IOException notYet) {
                    return false;
                }
            });
        }
    }

    @Test
    void portInUse_isWaitedFor() throws Exception {
        ServerSocket occupant = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        try (Running running = new Running(directory, occupant.getLocalPort())) {
            running.listener.want(true);
            occupant.close();
            running.open();
            assertThat(running.ask(Pki.client("client.pem"), GET)).startsWith("HTTP/1.1 200");
        } finally {
            occupant.close();
        }
    }

    @Test
    void missingCertificate_isWaitedFor() throws Exception {
        try (Running running = new Running(directory, 0)) {
            Files.delete(running.server);
            running.listener.want(true);
            Files.write(running.server, Pki.bytes("server-pkcs1.pem"));
            running.open();
            assertThat(running.ask(Pki.client("client.pem"), GET)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void port_opensAndClosesAsWanted() throws Exception {
        SSLContext client = Pki.client("client.pem");
        try (Running running = new Running(directory, 0)) {
            for (int i = 0; i < 3; i++) {
                running.open();
                assertThat(running.ask(client, GET)).startsWith("HTTP/1.1 200");
                running.listener.want(false);
                Running.until(() -> !Files.exists(running.announcement));
            }
        }
    }

    @Test
    void socketThatIsLost_isOpenedAgainWithinTwoSeconds() throws Exception {
        SSLContext client = Pki.client("client.pem");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (Running running = new Running(directory, port).open()) {
            for (int i = 0; i < 2; i++) {
                Connector loser = running.loseItsSocket();
                Running.until(
                        Duration.ofSeconds(2),
                        () -> running.hasReplaced(loser)
                                && !subject(running, client).contains("Exception"));
                assertThat(running.ask(client, GET)).startsWith("HTTP/1.1 200");
                assertThat(running.port()).isEqualTo(port);
            }
            running.loseItsSocket();
            running.listener.want(false);
            Running.until(() -> !Files.exists(running.announcement));
        }
    }

    @Test
    void close_whileOpenOrWaiting_endsItsThreads_andALaterWishIsMoot() throws Exception {
        Running running = new Running(directory, 0).open();
        running.close();
        running.listener.want(false);
        Running.until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(t -> t.getName().startsWith("l3d-http")));
        assertThat(running.announcement).doesNotExist();
    }

    @Test
    void brokenRequests_areAnsweredInJson() throws Exception {
        SSLContext client = Pki.client("client.pem");
        try (Running running = new Running(directory, 0).open()) {
            assertThat(running.ask(client, "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .startsWith("HTTP/1.1 400")
                    .contains("application/json", "\"http_code\":400");
            assertThat(running.ask(client, "NONSENSE\r\n\r\n")).contains("\"http_code\":");
            String large = "GET / HTTP/1.1\r\nHost: x\r\nX-Large: " + "x".repeat(20_000) + "\r\n\r\n";
            assertThat(running.ask(client, large)).startsWith("HTTP/1.1 431").contains("\"http_code\":431");
        }
    }

    private static String subject(Running running, SSLContext client) {
        try (SSLSocket socket = running.connect(client)) {
            X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return certificate.getSubjectX500Principal().getName();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
