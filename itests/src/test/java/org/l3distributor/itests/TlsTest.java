// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assert.fail;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** Who gets in through TLS, and certificates that are replaced while it runs. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class TlsTest {
    private static final int PORT = 9443;
    private static final int HANDSHAKE = 22;
    private static final int ALERT = 21;
    private static final int PROTOCOL_VERSION = 70;

    @Configuration
    public Option[] container() throws Exception {
        return Container.with("role-distributor");
    }

    @Before
    public void begin() throws Exception {
        Container.controller();
        Container.router();
    }

    /** Whatever a client or a certificate did: the first session is the only one. */
    @After
    public void end() throws Exception {
        assertEquals("sessions", 1, Container.router().sessions());
    }

    @Test
    public void controller_isLetInWithTls12AndTls13() throws Exception {
        for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
            try (SSLSocket socket = connect(Container.pki().controller(), protocol)) {
                assertEquals("HTTP/1.1 200 OK", ask(socket));
                assertEquals(protocol, socket.getSession().getProtocol());
            }
        }
    }

    @Test
    public void clientWithoutACertificateOrWithAnotherAuthoritys_isRefused() throws Exception {
        SSLContext[] strangers = {Container.pki().anonymous(), Container.pki().showing(Container.others())};
        for (SSLContext stranger : strangers) {
            for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
                try (SSLSocket socket = connect(stranger, protocol)) {
                    String answer = ask(socket);
                    fail(protocol + ": " + answer);
                } catch (IOException refused) {
                    assertTrue(refused.toString(), refused.getMessage() != null);
                }
            }
        }
    }

    /** Said by hand, since this JVM's own TLS wouldn't speak it any more. */
    @Test
    public void clientOfTls11_isToldThatItsVersionIsTooOld() throws Exception {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), PORT)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(helloOfTls11());
            InputStream in = socket.getInputStream();
            int type = in.read();
            in.skipNBytes(4);
            assertEquals("an alert, not a handshake (" + HANDSHAKE + ")", ALERT, type);
            assertEquals("fatal", 2, in.read());
            assertEquals(PROTOCOL_VERSION, in.read());
        }
    }

    private static byte[] helloOfTls11() {
        String suites = "c013 c014 002f 0035".replace(" ", "");
        String body = "0302" + "5a".repeat(32) + "00" + "0008" + suites + "0100";
        String handshake = "01" + "%06x".formatted(body.length() / 2) + body;
        return HexFormat.of().parseHex("160301" + "%04x".formatted(handshake.length() / 2) + handshake);
    }

    @Test
    public void certificate_replacedByOneWithAKeyInPkcs1_isShownFromThenOn_andNothingIsInterrupted() throws Exception {
        SSLContext client = Container.pki().controller();
        Path file = Container.imported("etc/octavia/certs/server.pem");
        assertTrue("it begins with PKCS#8", Files.readString(file).contains("BEGIN PRIVATE KEY"));
        try (SSLSocket kept = connect(client, "TLSv1.3")) {
            assertEquals("HTTP/1.1 200 OK", ask(kept));
            Container.pki().replaceServer(file, "second");
            assertTrue(Files.readString(file).contains("BEGIN RSA PRIVATE KEY"));
            awaitSubject("CN=second");
            assertEquals("a connection that stood before", "HTTP/1.1 200 OK", ask(kept));
        }
        try (SSLSocket fresh = connect(client, "TLSv1.2")) {
            assertEquals("HTTP/1.1 200 OK", ask(fresh));
        }
    }

    @Test
    public void brokenCertificate_isNotUsed_andTheGoodOneStays() throws Exception {
        Path file = Container.imported("etc/octavia/certs/server.pem");
        byte[] good = Files.readAllBytes(file);
        String shown = subject();
        put(file, "-----BEGIN CERTIFICATE-----\nbroken\n".getBytes(StandardCharsets.US_ASCII));
        Path log = Path.of(System.getProperty("karaf.log"), "appliance.log");
        Await.until(
                "the log tells of the broken file",
                Duration.ofSeconds(10),
                () -> Files.readAllLines(log).stream()
                        .anyMatch(line -> line.contains("https=certificate-refused") && line.contains("server.pem")),
                () -> "no such line in " + log);
        assertEquals(shown, subject());
        put(file, good);
        assertEquals(shown, subject());
    }

    @Test
    public void authority_added_letsItsClientsIn() throws Exception {
        Path file = Container.imported("etc/octavia/certs/client_ca.pem");
        byte[] before = Files.readAllBytes(file);
        SSLContext other = Container.pki().showing(Container.others());
        put(
                file,
                (new String(before, StandardCharsets.US_ASCII)
                                + Files.readString(Container.others().authority()))
                        .getBytes(StandardCharsets.US_ASCII));
        try {
            Await.until("the other authority's client is let in", Duration.ofSeconds(10), () -> isLetIn(other), () -> {
                return "it isn't";
            });
        } finally {
            put(file, before);
        }
        Await.until("it is shut out again", Duration.ofSeconds(10), () -> !isLetIn(other), () -> "it isn't");
    }

    private static boolean isLetIn(SSLContext client) {
        try (SSLSocket socket = connect(client, "TLSv1.3")) {
            return ask(socket).equals("HTTP/1.1 200 OK");
        } catch (IOException refused) {
            return false;
        }
    }

    private static void put(Path file, byte[] content) throws IOException {
        Path fresh = Files.write(file.resolveSibling("fresh.pem"), content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void awaitSubject(String wanted) throws Exception {
        Await.until(
                "the certificate of " + wanted,
                Duration.ofSeconds(10),
                () -> subject().equals(wanted),
                () -> subject());
    }

    private static String subject() throws Exception {
        try (SSLSocket socket = connect(Container.pki().controller(), "TLSv1.3")) {
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName();
        }
    }

    private static SSLSocket connect(SSLContext client, String protocol) throws IOException {
        SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket(InetAddress.getByName("127.0.0.1"), PORT);
        socket.setSoTimeout(10_000);
        socket.setEnabledProtocols(new String[] {protocol});
        return socket;
    }

    /** The status line of an answer to a whole request; the connection stays. */
    private static String ask(SSLSocket socket) throws IOException {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: amphora\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after \"" + head + "\"");
            }
            head.append((char) next);
        }
        String length = head.toString().replaceAll("(?is).*content-length: *([0-9]+).*", "$1");
        in.skipNBytes(Integer.parseInt(length));
        return head.substring(0, head.indexOf("\r\n"));
    }
}
