// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.l3distributor.haproxy.Statistics;
import org.l3distributor.net.Secret;

/** Against datagrams that Octavia's own code made (see {@code heartbeats/vectors.json}). */
class HeartbeatMessageTest {
    private static final String AMPHORA = "5a8a3a5e-5d9e-4d6c-9a3e-0c7a00000001";
    private static final String L1 = "22222222-2222-4222-8222-000000000001";
    private static final String L2 = "22222222-2222-4222-8222-000000000002";
    private static final String P1 = "33333333-3333-4333-8333-000000000001:" + L1;
    private static final String P2 = "33333333-3333-4333-8333-000000000002:" + L2;
    private static final String M = "44444444-4444-4444-8444-00000000000";

    private static final Map<String, HeartbeatMessage> MESSAGES = Map.of(
            "1-empty-amphora",
            new HeartbeatMessage(AMPHORA, 0, Map.of(), Map.of()),
            "2-one-listener",
            oneListener(),
            "3-two-listeners-all-member-words",
            new HeartbeatMessage(
                    AMPHORA,
                    68,
                    Map.of(
                            L1, new HeartbeatMessage.Listener("FULL", new Counters.Delta(0, 0, 0, 0), 1000),
                            L2,
                                    new HeartbeatMessage.Listener(
                                            "OPEN", new Counters.Delta(1, 9007199254740993L, 0, 7), 0)),
                    Map.of(
                            P1, new Statistics.Pool(P1, "DOWN", Map.of(M + "1", "DOWN", M + "2", "MAINT")),
                            P2,
                                    new Statistics.Pool(
                                            P2,
                                            "UP",
                                            Map.of(M + "3", "no check", M + "4", "DRAIN", M + "5", "UP 1/3")))),
            "6-utf8-key",
            oneListener());

    private static HeartbeatMessage oneListener() {
        return new HeartbeatMessage(
                AMPHORA,
                67,
                Map.of(L1, new HeartbeatMessage.Listener("OPEN", new Counters.Delta(1024, 5120, 1, 42), 3)),
                Map.of(P1, new Statistics.Pool(P1, "UP", Map.of(M + "1", "UP"))));
    }

    record Vector(String name, String key, String json, byte[] datagram) {}

    static Stream<Vector> vectors() throws IOException {
        try (InputStream in = HeartbeatMessageTest.class.getResourceAsStream("/heartbeats/vectors.json")) {
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
    void toJson_ofAMessage_saysWhatOctaviasAgentSaid(Vector vector) throws IOException {
        assertThat(tree(MESSAGES.get(vector.name()).toJson()))
                .isEqualTo(tree(vector.json().getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void hmac_overOctaviasBytes_isOctavias(Vector vector) {
        byte[] datagram = vector.datagram();
        byte[] compressed = Arrays.copyOf(datagram, datagram.length - 64);
        String trailer = new String(datagram, datagram.length - 64, 64, StandardCharsets.US_ASCII);
        assertThat(HexFormat.of().formatHex(Envelope.hmac(compressed, Secret.of(vector.key()))))
                .isEqualTo(trailer);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void seal_ofAMessage_canBeOpenedWithTheSameKey(Vector vector) throws IOException {
        byte[] message = vector.json().getBytes(StandardCharsets.UTF_8);
        byte[] datagram = Envelope.seal(message, Secret.of(vector.key()));
        byte[] compressed = Arrays.copyOf(datagram, datagram.length - 64);
        assertThat(inflate(compressed)).isEqualTo(message);
        assertThat(new String(datagram, compressed.length, 64, StandardCharsets.US_ASCII))
                .isEqualTo(HexFormat.of().formatHex(Envelope.hmac(compressed, Secret.of(vector.key()))));
    }

    @Test
    void hmac_withAnEmptyKey_isThatOfTheStandard() {
        // printf '' | openssl dgst -sha256 -mac HMAC -macopt hexkey:
        assertThat(HexFormat.of().formatHex(Envelope.hmac(new byte[0], Secret.of(""))))
                .isEqualTo("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
    }

    @Test
    void seal_ofAHundredListeners_fitsIntoOneDatagram() throws IOException {
        Map<String, HeartbeatMessage.Listener> listeners = new LinkedHashMap<>();
        Map<String, Statistics.Pool> pools = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            String id = String.format("22222222-2222-4222-8222-%012d", i);
            listeners.put(id, new HeartbeatMessage.Listener("OPEN", new Counters.Delta(i, i, i, i), i));
            pools.put("p" + i + ":" + id, new Statistics.Pool("p", "UP", Map.of(M + i, "UP")));
        }
        byte[] json = new HeartbeatMessage(AMPHORA, 1, listeners, pools).toJson();
        assertThat(Envelope.seal(json, Secret.of("k")).length).isLessThan(65_507);
    }

    static byte[] inflate(byte[] compressed) throws IOException {
        try (InflaterInputStream in = new InflaterInputStream(new java.io.ByteArrayInputStream(compressed))) {
            return in.readAllBytes();
        }
    }

    /** JSON as maps, lists, longs and strings, so that order and spaces don't matter. */
    static Object tree(byte[] json) {
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
        return json.currentToken().isNumeric() ? (Object) json.getLongValue() : json.getText();
    }
}
