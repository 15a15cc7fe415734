// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.driver.l3bgp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.client.internal.Clients;
import org.l3distributor.client.internal.tls.ClientTls;
import org.l3distributor.distributor.driver.Member;
import org.l3distributor.distributor.driver.RecordEditor;
import org.l3distributor.distributor.driver.VipKey;
import org.l3distributor.distributor.driver.contract.MemoryRecords;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.net.IpAddress;
import org.l3distributor.net.pem.Pem;

/**
 * How long a round of repair takes over many load balancers with four combined amphorae each, every one with an address
 * and a certificate of its own. Run by {@code unshare -n sh -c 'ip link set lo up; mvn ... -DargLine=-Dl3bgp.scale=1000'}:
 * the servers listen on every address, so there must be none but the loopback's. They are in the same process, and
 * counted in.
 */
@EnabledIfSystemProperty(named = "l3bgp.scale", matches = "[0-9]+")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RepairScaleTest {
    private static final int MEMBERS = 4;

    /** Amphorae that share a port and a certificate, each on an address of 127.0.0.0/8. */
    private static final int SHARE = 40;

    @TempDir
    Path directory;

    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private final List<HttpsServer> servers = new ArrayList<>();

    @Test
    void roundOverManyLoadBalancers_isMeasured() throws Exception {
        assertThat(NetworkInterface.networkInterfaces().filter(i -> !i.getName().equals("lo")))
                .as("to be run in a network namespace of its own")
                .isEmpty();
        int balancers = Integer.getInteger("l3bgp.scale");
        List<Member> members = amphorae(balancers * MEMBERS);
        MemoryRecords records = new MemoryRecords();
        records.put(Surroundings.combined());
        RecordEditor editor = new RecordEditor(records, L3BgpDriver.L3_BGP);
        for (int i = 0; i < balancers; i++) {
            VipKey key = new VipKey("d1", "lb-" + i);
            List<Member> own = members.subList(i * MEMBERS, (i + 1) * MEMBERS);
            editor.add(key, List.of(vip(i)));
            editor.change(key, VipWork.placing((distributor, read) -> Outcome.done(read.with(own))));
        }
        Clients.Limits limits =
                Clients.Limits.of(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(3));
        try (Clients clients = new Clients(
                        new ClientTls(directory.resolve("client.pem"), directory.resolve("ca.pem")), limits);
                L3BgpDriver driver = new L3BgpDriver(records, clients, Duration.ofSeconds(5), Duration.ZERO)) {
            for (int round = 1; round <= 3; round++) {
                RepairReport report = driver.repair().toCompletableFuture().get(5, TimeUnit.MINUTES);
                assertThat(report.vips()).isEqualTo(balancers);
                assertThat(report.unasked()).isZero();
                assertThat(report.mended()).isZero();
                System.gc();
                System.out.printf(
                        "round %d: %d amphorae asked in %d ms; heap after collection, servers included: %d MB%n",
                        round,
                        balancers * MEMBERS,
                        report.took().toMillis(),
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
            }
        } finally {
            servers.forEach(server -> server.stop(0));
            executor.shutdownNow();
        }
    }

    private static IpAddress vip(int balancer) {
        return IpAddress.v4(0xC612_0000 + balancer);
    }

    private List<Member> amphorae(int count) throws Exception {
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.pem");
        openssl("genrsa -out one.key 2048");
        certify("client", "DNS:controller");
        List<Member> members = new ArrayList<>();
        for (int from = 0; from < count; from += SHARE) {
            int first = from;
            String names = IntStream.range(first, first + SHARE)
                    .mapToObj(i -> "DNS:a-" + i)
                    .collect(Collectors.joining(","));
            int port = serve(certify("server", names));
            for (int i = from; i < Math.min(from + SHARE, count); i++) {
                InetAddress address = InetAddress.getByAddress(new byte[] {127, 1, (byte) (i >> 8), (byte) i});
                members.add(new Member(
                        "a-" + i, new InetSocketAddress(address, port), List.of(IpAddress.v4(0x0A14_0000 + i)), ""));
            }
        }
        return members;
    }

    private byte[] certify(String name, String names) throws Exception {
        Files.writeString(directory.resolve("ext"), "subjectAltName=" + names + "\n");
        openssl("req -new -key one.key -subj /CN=" + name + " -out csr");
        openssl("x509 -req -in csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ext -out crt");
        String pem = Files.readString(directory.resolve("crt")) + Files.readString(directory.resolve("one.key"));
        Files.writeString(directory.resolve(name + ".pem"), pem);
        return pem.getBytes(StandardCharsets.US_ASCII);
    }

    private void openssl(String words) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(words.split(" ")));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(directory.resolve("out")))
                .isZero();
    }

    private int serve(byte[] pem) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "s", Pem.privateKey(pem), new char[0], Pem.certificates(pem).toArray(X509Certificate[]::new));
        store.setCertificateEntry(
                "ca",
                Pem.certificates(Files.readAllBytes(directory.resolve("ca.pem")))
                        .get(0));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0), 200);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters required = tls.getDefaultSSLParameters();
                required.setNeedClientAuth(true);
                parameters.setSSLParameters(required);
            }
        });
        server.setExecutor(executor);
        server.createContext("/1.0/distributor/own_vips", RepairScaleTest::ownVips);
        server.start();
        servers.add(server);
        return server.getAddress().getPort();
    }

    /** Which amphora is asked is known by the address that was called. */
    private static void ownVips(HttpExchange exchange) throws IOException {
        byte[] address = exchange.getLocalAddress().getAddress().getAddress();
        int number = (address[2] & 0xFF) << 8 | address[3] & 0xFF;
        String text = "{\"own_vips\":[{\"vip_ip\":\"" + vip(number / MEMBERS) + "\",\"nexthop_ip\":\""
                + IpAddress.v4(0x0A14_0000 + number) + "\",\"served\":true,\"reason\":\"served\",\"peers\":[{\"id\":"
                + "\"tor1\",\"state\":\"announced\",\"written_at\":\"2026-01-02T03:04:05Z\",\"reason\":null}]}],"
                + "\"links\":[],\"next_marker\":null}";
        byte[] body = text.getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
        exchange.close();
    }
}
