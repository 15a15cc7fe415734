// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.l3distributor.net.Secret;

/** Against datagrams that Octavia's own code made (see {@code heartbeats/vectors.json}), and against that code itself. */
class HeartbeatTest {
    private static final String AMPHORA = "5a8a3a5e-5d9e-4d6c-9a3e-0c7a00000001";
    private static final String L1 = "22222222-2222-4222-8222-000000000001";
    private static final String L2 = "22222222-2222-4222-8222-000000000002";
    private static final String P1 = "33333333-3333-4333-8333-000000000001:" + L1;
    private static final String P2 = "33333333-3333-4333-8333-000000000002:" + L2;
    private static final String M = "44444444-4444-4444-8444-00000000000";

    private static final Map<String, Heartbeat> MESSAGES = Map.of(
            "1-empty-amphora",
            new Heartbeat(AMPHORA, 0, Map.of(), Map.of()),
            "2-one-listener",
            oneListener(),
            "3-two-listeners-all-member-words",
            new Heartbeat(
                    AMPHORA,
                    68,
                    Map.of(
                            L1, new Heartbeat.Listener("FULL", new Heartbeat.Counts(0, 0, 1000, 0, 0)),
                            L2, new Heartbeat.Listener("OPEN", new Heartbeat.Counts(1, 9007199254740993L, 0, 7, 0))),
                    Map.of(
                            P1, new Heartbeat.Pool("DOWN", Map.of(M + "1", "DOWN", M + "2", "MAINT")),
                            P2,
                                    new Heartbeat.Pool(
                                            "UP", Map.of(M + "3", "no check", M + "4", "DRAIN", M + "5", "UP 1/3")))),
            "6-utf8-key",
            oneListener());

    @TempDir
    Path directory;

    private static Heartbeat oneListener() {
        return new Heartbeat(
                AMPHORA,
                67,
                Map.of(L1, new Heartbeat.Listener("OPEN", new Heartbeat.Counts(1024, 5120, 3, 42, 1))),
                Map.of(P1, new Heartbeat.Pool("UP", Map.of(M + "1", "UP"))));
    }

    record Vector(String name, String key, String json, byte[] datagram) {}

    static Stream<Vector> vectors() throws IOException {
        try (InputStream in = HeartbeatTest.class.getResourceAsStream("/heartbeats/vectors.json")) {
            List<Vector> vectors = new ArrayList<>();
            for (Object one : (List<?>) tree(in.readAllBytes())) {
                Map<?, ?> map = (Map<?, ?>) one;
                vectors.add(new Vector(
                        (String) map.get("name"),
                        (String) map.get("key"),
                        (String) map.get("json"),
                        HexFormat.of().parseHex((String) map.get("datagram"))));
            }
            return vectors.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void toJson_ofAMessage_saysWhatOctaviasAgentSaid(Vector vector) {
        assertThat(tree(MESSAGES.get(vector.name()).toJson()))
                .isEqualTo(tree(vector.json().getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void openAndRead_ofOctaviasDatagram_giveTheMessage(Vector vector) {
        assertThat(opened(vector.datagram(), Secret.of(vector.key()))).isEqualTo(MESSAGES.get(vector.name()));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void seal_ofAMessage_canBeOpenedWithTheSameKeyOnly(Vector vector) {
        byte[] datagram = Envelope.seal(vector.json().getBytes(StandardCharsets.UTF_8), Secret.of(vector.key()));
        assertThat(opened(datagram, Secret.of(vector.key()))).isEqualTo(MESSAGES.get(vector.name()));
        assertThat(Envelope.open(datagram, datagram.length, Secret.of(vector.key() + " ")))
                .isEqualTo(new Envelope.Opened.Rejected(Envelope.Reason.HMAC));
    }

    @Test
    void openAndRead_ofWhatOctaviaSeals_giveWhatItSaid() throws Exception {
        String key = "a&b<c'd\"e schlüssel";
        List<String> lines = Octavia.run(directory, List.of(), "seal", "200", key);
        assertThat(lines).hasSize(200);
        for (String line : lines) {
            String[] cells = line.split("\t", 2);
            Heartbeat read = opened(HexFormat.of().parseHex(cells[0]), Secret.of(key));
            assertThat(tree(read.toJson())).isEqualTo(tree(cells[1].getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void octavia_opensWhatWeSeal() throws Exception {
        List<Heartbeat> messages = List.copyOf(MESSAGES.values());
        List<String> sealed = messages.stream()
                .map(m -> HexFormat.of().formatHex(Envelope.seal(m.toJson(), Secret.of("k"))))
                .toList();
        List<String> lines = Octavia.run(directory, sealed, "open", "k");
        assertThat(lines).hasSameSizeAs(messages);
        for (int i = 0; i < lines.size(); i++) {
            Map<String, Object> said = new LinkedHashMap<>();
            ((Map<?, ?>) tree(lines.get(i).getBytes(StandardCharsets.UTF_8)))
                    .forEach((name, value) -> said.put((String) name, value));
            said.remove("recv_time"); // the receiver's own
            assertThat(said).isEqualTo(tree(messages.get(i).toJson()));
        }
    }

    @Test
    void seal_ofAHundredListeners_fitsIntoOneDatagram() {
        Map<String, Heartbeat.Listener> listeners = new LinkedHashMap<>();
        Map<String, Heartbeat.Pool> pools = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            String id = String.format("22222222-2222-4222-8222-%012d", i);
            listeners.put(id, new Heartbeat.Listener("OPEN", new Heartbeat.Counts(i, i, i, i, i)));
            pools.put("p" + i + ":" + id, new Heartbeat.Pool("UP", Map.of(M + i, "UP")));
        }
        byte[] json = new Heartbeat(AMPHORA, 1, listeners, pools).toJson();
        assertThat(Envelope.seal(json, Secret.of("k")).length).isLessThan(65_507);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{\"ver\": 3}",
                "{\"id\": \"\", \"ver\": 3}",
                "{\"id\": null, \"ver\": 3}",
                "{\"id\": 7, \"ver\": 3}",
                "{\"id\": \"a\"}",
                "{\"id\": \"a\", \"ver\": 2}",
                "{\"id\": \"a\", \"ver\": \"3\"}",
                "{\"id\": \"a\", \"ver\": 3, \"listeners\": []}",
                "{\"id\": \"a\", \"ver\": 3, \"listeners\": {\"l\": 1}}",
                "{\"id\": \"a\", \"ver\": 3, \"listeners\": {\"l\": {\"status\": 1}}}",
                "{\"id\": \"a\", \"ver\": 3, \"listeners\": {\"l\": {\"stats\": {\"tx\": -1}}}}",
                "{\"id\": \"a\", \"ver\": 3, \"listeners\": {\"l\": {\"stats\": {\"tx\": 9223372036854775808}}}}",
                "{\"id\": \"a\", \"ver\": 3, \"pools\": {\"p\": {\"members\": {\"m\": {}}}}}",
                "{\"id\": \"a\", \"id\": \"b\", \"ver\": 3}",
                "{\"id\": \"a\", \"ver\": 3} {}",
                "{\"id\": \"a\", \"ver\": 3, \"seq\": 1e3}"
            })
    void read_ofWhatIsNoHeartbeat_saysSoWithoutQuotingIt(String json) {
        assertThat(Heartbeat.read(json.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Heartbeat.Read.Malformed.class);
    }

    @Test
    void read_leavesOutWhatItDoesNotKnow() {
        String json =
                "{\"new\": [{\"x\": 1}], \"id\": \"a\", \"ver\": 4, \"seq\": 9, \"listeners\": {\"l\": {\"status\":"
                        + " \"OPEN\", \"more\": {}, \"stats\": {\"rx\": 5, \"word\": \"x\", \"half\": 0.5}}}}";
        assertThat(Heartbeat.read(json.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Heartbeat.Read.Message(new Heartbeat(
                        "a",
                        9,
                        Map.of("l", new Heartbeat.Listener("OPEN", new Heartbeat.Counts(5, 0, 0, 0, 0))),
                        Map.of())));
    }

    @Test
    void read_ofADeeplyNestedMessage_ends() {
        String deep = "{\"id\": \"a\", \"ver\": 3, \"x\": " + "[".repeat(100_000);
        assertThat(Heartbeat.read(deep.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Heartbeat.Read.Malformed.class);
    }

    @Test
    void read_ofEveryTruncation_isMalformed() {
        byte[] json = oneListener().toJson();
        for (int length = 0; length < json.length; length++) {
            assertThat(Heartbeat.read(Arrays.copyOf(json, length)))
                    .as("%s bytes", length)
                    .isInstanceOf(Heartbeat.Read.Malformed.class);
        }
    }

    @Test
    void poolId_isWhatStandsBeforeTheLastColon() {
        assertThat(Heartbeat.poolId(P1)).isEqualTo("33333333-3333-4333-8333-000000000001");
        assertThat(Heartbeat.poolId("p")).isEqualTo("p");
        assertThat(Heartbeat.poolId("a:b:c")).isEqualTo("a:b");
    }

    private static Heartbeat opened(byte[] datagram, Secret key) {
        Envelope.Opened opened = Envelope.open(datagram, datagram.length, key);
        assertThat(opened).isInstanceOf(Envelope.Opened.Message.class);
        Heartbeat.Read read = Heartbeat.read(((Envelope.Opened.Message) opened).json());
        assertThat(read).isInstanceOf(Heartbeat.Read.Message.class);
        return ((Heartbeat.Read.Message) read).heartbeat();
    }

    /** JSON as maps, lists, longs and strings, so that order and spaces don't matter. */
    private static Object tree(byte[] json) {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            return value(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object value(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                map.put(name, value(json));
            }
            return map;
        }
        if (json.currentToken() == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(json));
            }
            return list;
        }
        return json.currentToken() == JsonToken.VALUE_NUMBER_INT ? (Object) json.getLongValue() : json.getText();
    }
}
