// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.distributor.controller.HealthMonitor;
import org.l3distributor.distributor.controller.HttpCheck;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.LoadBalancerTree.PoolTree;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.SessionPersistence;
import org.l3distributor.distributor.controller.Vip;
import org.l3distributor.net.IpPrefix;

class HaproxyConfigurationTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path OCTAVIA = Path.of("/usr/lib/python3/dist-packages/octavia/common/jinja");
    private static final Path HAPROXY = Path.of("/usr/sbin/haproxy");

    @TempDir
    Path directory;

    /** One Python for all cases: to start it takes longer than to render them. */
    @Test
    void everyConfiguration_isLineByLineWhatOctaviaRenders() throws Exception {
        assumeTrue(Files.isExecutable(PYTHON) && Files.isDirectory(OCTAVIA), "needs Debian's python3-octavia");
        Trees trees = new Trees(4);
        List<LoadBalancerTree> cases = new ArrayList<>();
        List<String> input = new ArrayList<>();
        while (cases.size() < 500) {
            LoadBalancerTree tree = trees.next();
            if (!HaproxyConfiguration.listeners(tree).isEmpty()) { // Octavia renders nothing then
                cases.add(tree);
                input.add(JSON.writeValueAsString(json(tree)));
            }
        }
        List<String> output = octavia(input);
        assertThat(output).hasSize(cases.size());
        for (int i = 0; i < cases.size(); i++) {
            assertThat(lines(HaproxyConfiguration.of(cases.get(i))))
                    .as("case %s: %s", i, input.get(i))
                    .isEqualTo(lines(JSON.readValue(output.get(i), String.class)));
        }
    }

    @Test
    void haproxy_acceptsWhatIsRendered() throws Exception {
        assumeTrue(Files.isExecutable(HAPROXY), "needs haproxy");
        Trees trees = new Trees(5);
        for (int i = 0; i < 12; i++) {
            LoadBalancerTree tree = withClients(trees.next());
            Path file = Files.writeString(directory.resolve("haproxy.cfg"), HaproxyConfiguration.of(tree));
            Path errors = directory.resolve("errors");
            Process process = new ProcessBuilder(HAPROXY.toString(), "-c", "-q", "-f", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(errors.toFile())
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(errors) + "\n" + Files.readString(file))
                    .isZero();
        }
    }

    @Test
    void aCheckedPath_isWrittenAsItIs_notAsHtml() {
        assertThat(HaproxyConfiguration.of(checked("/a?b=1&c=%20"))).contains("    option httpchk GET /a?b=1&c=%20\n");
    }

    @Test
    void aTextOfTheUsers_cannotEndItsLineOrItsWord() {
        assertThat(HaproxyConfiguration.of(checked("/a b#c\"d'e\\f")))
                .contains("    option httpchk GET /a\\ b\\#c\\\"d\\'e\\\\f\n");
        assertThatIllegalArgumentException().isThrownBy(() -> HaproxyConfiguration.of(checked("/a\n    user root")));
        assertThatIllegalArgumentException().isThrownBy(() -> HaproxyConfiguration.of(checked("/\u00e4")));
    }

    @Test
    void allowedCidrs_rejectAllOtherClients() {
        LoadBalancerTree tree = withClients(enabledTree());
        assertThat(HaproxyConfiguration.of(tree))
                .contains("    acl l3d-allowed src 192.0.2.0/24\n    acl l3d-allowed src 2001:db8::/32\n"
                        + "    tcp-request connection reject unless l3d-allowed\n");
    }

    /** The first tree with an enabled listener, pool and monitor for HTTP, and everything active. */
    private static LoadBalancerTree enabledTree() {
        Trees trees = new Trees(6);
        for (int i = 0; i < 10_000; i++) {
            LoadBalancerTree tree = trees.next();
            String text = HaproxyConfiguration.of(tree);
            if (text.contains("option httpchk")
                    && tree.listeners().size() == 1
                    && tree.pools().size() == 1) {
                return tree;
            }
        }
        throw new AssertionError("no such tree");
    }

    private static LoadBalancerTree checked(String path) {
        LoadBalancerTree tree = enabledTree();
        PoolTree pool = tree.pools().get(0);
        HealthMonitor old = pool.monitor();
        HealthMonitor monitor = new HealthMonitor(
                old.header(),
                old.poolId(),
                HealthMonitor.Type.HTTP,
                old.delay(),
                old.timeout(),
                old.maxRetries(),
                old.maxRetriesDown(),
                new HttpCheck("GET", path, "200", null, null));
        return new LoadBalancerTree(
                tree.loadBalancer(), tree.listeners(), List.of(new PoolTree(pool.pool(), pool.members(), monitor)));
    }

    private static LoadBalancerTree withClients(LoadBalancerTree tree) {
        List<Listener> listeners = tree.listeners().stream()
                .map(l -> new Listener(
                        l.header(),
                        l.loadBalancerId(),
                        l.protocol(),
                        l.protocolPort(),
                        l.connectionLimit(),
                        l.defaultPoolId(),
                        l.insertHeaders(),
                        l.timeoutClientData(),
                        l.timeoutMemberConnect(),
                        l.timeoutMemberData(),
                        l.timeoutTcpInspect(),
                        List.of(IpPrefix.parse("192.0.2.0/24"), IpPrefix.parse("2001:db8::/32"))))
                .toList();
        return new LoadBalancerTree(tree.loadBalancer(), listeners, tree.pools());
    }

    /** Without comments, empty lines and indentation; the codes of a check in order, since Octavia's come out of a set. */
    private static List<String> lines(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(HaproxyConfigurationTest::ordered)
                .toList();
    }

    private static String ordered(String line) {
        String before = "http-check expect rstatus ";
        if (!line.startsWith(before)) {
            return line;
        }
        String[] codes = line.substring(before.length()).split("\\|");
        Arrays.sort(codes);
        return before + String.join("|", codes);
    }

    private List<String> octavia(List<String> input) throws IOException, InterruptedException {
        Path script = directory.resolve("ask-octavia.py");
        try (InputStream in = HaproxyConfigurationTest.class.getResourceAsStream("/haproxy/ask-octavia.py")) {
            Files.write(script, in.readAllBytes());
        }
        Path lines = Files.write(directory.resolve("in"), input);
        Path output = directory.resolve("out");
        Path errors = directory.resolve("err");
        Process process = new ProcessBuilder(PYTHON.toString(), script.toString())
                .redirectInput(lines.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended && process.exitValue() == 0)
                .as(Files.readString(errors, StandardCharsets.UTF_8))
                .isTrue();
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }

    private static Map<String, Object> json(LoadBalancerTree tree) {
        LoadBalancer lb = tree.loadBalancer();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", lb.id());
        map.put("project_id", lb.header().projectId());
        map.put("enabled", lb.header().enabled());
        map.put("vip", String.valueOf(lb.vip().address()));
        map.put(
                "additional_vips",
                lb.additionalVips().stream()
                        .map(Vip::address)
                        .map(String::valueOf)
                        .toList());
        map.put(
                "pools",
                tree.pools().stream().map(HaproxyConfigurationTest::json).toList());
        map.put(
                "listeners",
                HaproxyConfiguration.listeners(tree).stream() // whoever calls Octavia's renderer leaves those out
                        .map(HaproxyConfigurationTest::json)
                        .toList());
        return map;
    }

    private static Map<String, Object> json(Listener listener) {
        Map<String, Object> map = new HashMap<>();
        map.put("id", listener.id());
        map.put("enabled", listener.header().enabled());
        map.put("protocol", listener.protocol().name());
        map.put("protocol_port", listener.protocolPort());
        map.put("connection_limit", listener.connectionLimit());
        map.put("default_pool_id", listener.defaultPoolId());
        map.put("insert_headers", listener.insertHeaders());
        map.put("timeout_client_data", listener.timeoutClientData());
        map.put("timeout_member_connect", listener.timeoutMemberConnect());
        map.put("timeout_member_data", listener.timeoutMemberData());
        map.put("timeout_tcp_inspect", listener.timeoutTcpInspect());
        return map;
    }

    private static Map<String, Object> json(PoolTree tree) {
        Map<String, Object> map = new HashMap<>();
        map.put("id", tree.pool().id());
        map.put("enabled", tree.pool().header().enabled());
        map.put("provisioning_status", tree.pool().header().provisioning().name());
        map.put("protocol", tree.pool().protocol().name());
        map.put("lb_algorithm", tree.pool().algorithm().name());
        SessionPersistence persistence = tree.pool().persistence();
        Map<String, Object> inner = new HashMap<>();
        if (persistence != null) {
            inner.put("type", persistence.type().name());
            inner.put("cookie_name", persistence.cookieName());
        }
        map.put("session_persistence", persistence == null ? null : inner);
        map.put(
                "members",
                tree.members().stream().map(HaproxyConfigurationTest::json).toList());
        map.put("health_monitor", json(tree.monitor()));
        return map;
    }

    private static Map<String, Object> json(Member member) {
        Map<String, Object> map = new HashMap<>();
        map.put("id", member.id());
        map.put("enabled", member.header().enabled());
        map.put("provisioning_status", member.header().provisioning().name());
        map.put("ip_address", member.address().toString());
        map.put("protocol_port", member.protocolPort());
        map.put("weight", member.weight());
        map.put("backup", member.backup());
        map.put("subnet_id", member.subnetId());
        map.put(
                "monitor_address",
                member.monitorAddress() == null ? null : member.monitorAddress().toString());
        map.put("monitor_port", member.monitorPort());
        return map;
    }

    private static @Nullable Map<String, Object> json(@Nullable HealthMonitor monitor) {
        if (monitor == null) {
            return null;
        }
        Map<String, Object> map = new HashMap<>();
        map.put("id", monitor.id());
        map.put("enabled", monitor.header().enabled());
        map.put("provisioning_status", monitor.header().provisioning().name());
        map.put(
                "type",
                monitor.type() == HealthMonitor.Type.TLS_HELLO
                        ? "TLS-HELLO"
                        : monitor.type().name());
        map.put("delay", monitor.delay());
        map.put("timeout", monitor.timeout());
        map.put("fall_threshold", monitor.maxRetriesDown());
        map.put("rise_threshold", monitor.maxRetries());
        HttpCheck http = monitor.http();
        map.put("http_method", http == null ? null : http.method());
        map.put("url_path", http == null ? null : http.urlPath());
        map.put("expected_codes", http == null ? null : http.expectedCodes());
        map.put("http_version", http == null || http.version() == null ? null : Double.valueOf(http.version()));
        map.put("domain_name", http == null ? null : http.domainName());
        return map;
    }
}
