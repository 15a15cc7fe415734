// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.l3distributor.distributor.controller.Header;
import org.l3distributor.distributor.controller.Listener;
import org.l3distributor.distributor.controller.LoadBalancer;
import org.l3distributor.distributor.controller.LoadBalancerTree;
import org.l3distributor.distributor.controller.LoadBalancerTree.PoolTree;
import org.l3distributor.distributor.controller.Member;
import org.l3distributor.distributor.controller.OperatingStatus;
import org.l3distributor.distributor.controller.ProvisioningStatus;
import org.l3distributor.distributor.store.contract.Things;
import org.l3distributor.heartbeat.Heartbeat;

/** With one amphora nobody disagrees: then states are Octavia's, as its own health manager (Debian's) writes them. */
class OctaviaStatesTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path OCTAVIA = Path.of("/usr/lib/python3/dist-packages/octavia/amphorae/drivers/health");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CASES = 500;

    @TempDir
    Path directory;

    private final Random random = new Random(20_260_101);

    private record Case(LoadBalancerTree tree, Heartbeat heartbeat) {}

    @Test
    void generatedHeartbeats_changeTheSameStates_asInOctavia() throws Exception {
        assumeTrue(Files.isExecutable(PYTHON) && Files.isDirectory(OCTAVIA), "needs Debian's python3-octavia");
        List<Case> cases = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            cases.add(next());
            lines.add(line(cases.get(i)));
        }
        List<String> answers = octavia(lines);
        assertThat(answers).hasSize(CASES);
        int changes = 0;
        for (int i = 0; i < CASES; i++) {
            Map<String, String> ours = changes(cases.get(i));
            changes += ours.size();
            assertThat(ours)
                    .as(lines.get(i))
                    .isEqualTo(JSON.readValue(
                            answers.get(i),
                            JSON.getTypeFactory().constructMapType(TreeMap.class, String.class, String.class)));
        }
        assertThat(changes).as("changes in all").isGreaterThan(CASES);
    }

    private Case next() {
        LoadBalancer made = Things.loadBalancer("lb", "web", "203.0.113.9");
        List<Listener> listeners = new ArrayList<>();
        List<PoolTree> pools = new ArrayList<>();
        Map<String, Heartbeat.Listener> said = new HashMap<>();
        Map<String, Heartbeat.Pool> saidOfPools = new HashMap<>();
        for (int i = 0; i < random.nextInt(4); i++) {
            String id = "l" + i;
            String poolId = random.nextInt(4) == 0 ? null : "p" + i;
            Listener listener = Things.listener(id, "lb", 80 + i, poolId);
            listeners.add(listener.with(header(listener.header(), random.nextInt(5) != 0)));
            if (random.nextInt(5) != 0) {
                said.put(id, new Heartbeat.Listener(one("OPEN", "OPEN", "FULL", "STOP"), Heartbeat.Counts.NONE));
            }
            if (poolId != null) {
                PoolTree pool = pool(poolId);
                pools.add(pool);
                if (random.nextInt(5) != 0) {
                    saidOfPools.put(poolId + ":" + id, backend(pool));
                }
            }
        }
        return new Case(
                new LoadBalancerTree(made.with(header(made.header(), true)), listeners, pools),
                new Heartbeat("a", 0, said, saidOfPools));
    }

    private PoolTree pool(String id) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < random.nextInt(4); i++) {
            Member member = Things.member(id + "m" + i, id, "192.0.2." + (1 + i));
            members.add(member.with(header(member.header(), true)));
        }
        var pool = Things.pool(id, "lb");
        return new PoolTree(pool.with(header(pool.header(), true)), members, null);
    }

    private Heartbeat.Pool backend(PoolTree pool) {
        Map<String, String> words = new HashMap<>();
        for (Member member : pool.members()) {
            if (random.nextInt(6) != 0) {
                words.put(
                        member.id(),
                        one("UP", "UP 1/3", "DOWN", "DOWN 1/2", "DRAIN", "MAINT", "no check", "RESTARTING", "NOLB"));
            }
        }
        if (random.nextInt(4) == 0) {
            words.put("stranger", "DOWN");
        }
        return new Heartbeat.Pool(one("UP", "UP", "DOWN"), words);
    }

    private Header header(Header made, boolean enabled) {
        return new Header(
                made.id(),
                made.projectId(),
                made.name(),
                made.description(),
                enabled,
                ProvisioningStatus.ACTIVE,
                one(OperatingStatus.values()),
                List.of(),
                made.createdAt(),
                null,
                0);
    }

    @SafeVarargs
    private <T> T one(T... values) {
        return values[random.nextInt(values.length)];
    }

    private static Map<String, String> changes(Case one) {
        Map<String, String> changes = new TreeMap<>();
        Verdicts.of(one.tree(), List.of(Opinion.of(one.heartbeat())))
                .forEach((id, state) -> changes.put(id, state.name()));
        one.tree()
                .listeners()
                .forEach(l -> changes.remove(l.id(), l.header().operating().name()));
        for (PoolTree pool : one.tree().pools()) {
            changes.remove(pool.pool().id(), pool.pool().header().operating().name());
            pool.members()
                    .forEach(m -> changes.remove(m.id(), m.header().operating().name()));
        }
        return changes;
    }

    private static String line(Case one) throws JsonProcessingException {
        ObjectNode line = JSON.createObjectNode();
        ObjectNode lb = headed(line.putObject("lb"), one.tree().loadBalancer().header());
        ObjectNode listeners = lb.putObject("listeners");
        one.tree()
                .listeners()
                .forEach(l -> headed(listeners.putObject(l.id()), l.header())
                        .put("protocol", l.protocol().name()));
        ObjectNode pools = lb.putObject("pools");
        for (PoolTree pool : one.tree().pools()) {
            ObjectNode members = headed(
                            pools.putObject(pool.pool().id()), pool.pool().header())
                    .putObject("members");
            pool.members().forEach(m -> headed(members.putObject(m.id()), m.header()));
        }
        line.set("health", JSON.readTree(new String(one.heartbeat().toJson(), StandardCharsets.UTF_8)));
        return JSON.writeValueAsString(line);
    }

    private static ObjectNode headed(ObjectNode node, Header header) {
        return node.put("id", header.id())
                .put("enabled", header.enabled())
                .put("provisioning_status", header.provisioning().name())
                .put("operating_status", header.operating().name());
    }

    private List<String> octavia(List<String> input) throws Exception {
        Path script = directory.resolve("ask-octavia.py");
        try (InputStream in = OctaviaStatesTest.class.getResourceAsStream("/states/ask-octavia.py")) {
            Files.write(script, in.readAllBytes());
        }
        Path output = directory.resolve("out");
        Path errors = directory.resolve("err");
        Process process = new ProcessBuilder(PYTHON.toString(), script.toString())
                .redirectInput(Files.write(directory.resolve("in"), input).toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended && process.exitValue() == 0)
                .as(Files.readString(errors, StandardCharsets.UTF_8))
                .isTrue();
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }
}
