// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.heartbeat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The message as JSON. Octavia's words: tx is what went to clients, rx what came from them. */
final class HeartbeatJson {
    private static final int LONGEST = 255;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxNumberLength(20)
                    .maxStringLength(1024)
                    .build())
            .build();

    private HeartbeatJson() {}

    static byte[] write(Heartbeat heartbeat) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("id", heartbeat.amphora());
            json.writeNumberField("seq", heartbeat.sequence());
            json.writeObjectFieldStart("listeners");
            for (var listener : new TreeMap<>(heartbeat.listeners()).entrySet()) {
                json.writeObjectFieldStart(listener.getKey());
                write(json, listener.getValue());
            }
            json.writeEndObject();
            json.writeObjectFieldStart("pools");
            for (var pool : new TreeMap<>(heartbeat.pools()).entrySet()) {
                json.writeObjectFieldStart(pool.getKey());
                write(json, pool.getValue());
            }
            json.writeEndObject();
            json.writeNumberField("ver", Heartbeat.VERSION);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory only
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Heartbeat.Listener listener) throws IOException {
        Heartbeat.Counts counts = listener.counts();
        json.writeStringField("status", listener.status());
        json.writeObjectFieldStart("stats");
        json.writeNumberField("tx", counts.sent());
        json.writeNumberField("rx", counts.received());
        json.writeNumberField("conns", counts.connections());
        json.writeNumberField("totconns", counts.totalConnections());
        json.writeNumberField("ereq", counts.errors());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Heartbeat.Pool pool) throws IOException {
        json.writeStringField("status", pool.status());
        json.writeObjectFieldStart("members");
        for (var member : new TreeMap<>(pool.members()).entrySet()) {
            json.writeStringField(member.getKey(), member.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Something that isn't as it should be; the sentence doesn't quote what was sent. */
    private static final class Wrong extends IOException {
        private static final long serialVersionUID = 1;

        Wrong(String why) {
            super(why);
        }
    }

    static Heartbeat.Read read(byte[] bytes) {
        try (JsonParser json = JSON.createParser(bytes)) {
            json.nextToken();
            Heartbeat heartbeat = message(json);
            if (json.nextToken() != null) {
                throw new Wrong("there is more after the message");
            }
            return new Heartbeat.Read.Message(heartbeat);
        } catch (Wrong e) {
            return new Heartbeat.Read.Malformed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Heartbeat.Read.Malformed(
                    "isn't JSON as it may be: " + e.getClass().getSimpleName());
        }
    }

    private static Heartbeat message(JsonParser json) throws IOException {
        String id = "";
        long sequence = -1;
        long version = -1;
        Map<String, Heartbeat.Listener> listeners = new HashMap<>();
        Map<String, Heartbeat.Pool> pools = new HashMap<>();
        for (String name = first(json, "the message"); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "id" -> id = text(json, "id");
                case "seq" -> sequence = number(json, "seq");
                case "ver" -> version = number(json, "ver");
                case "listeners" -> each(json, name, key -> listeners.put(key, listener(json)));
                case "pools" -> each(json, name, key -> pools.put(key, pool(json)));
                default -> json.skipChildren();
            }
        }
        if (id.isEmpty()) {
            throw new Wrong("there is no id");
        }
        if (version < Heartbeat.VERSION) { // older ones tell sums, and pools below their listeners
            throw new Wrong("its version is below " + Heartbeat.VERSION);
        }
        return new Heartbeat(id, Math.max(0, sequence), listeners, pools);
    }

    private static Heartbeat.Listener listener(JsonParser json) throws IOException {
        String status = "";
        Heartbeat.Counts counts = Heartbeat.Counts.NONE;
        for (String name = first(json, "a listener"); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "status" -> status = text(json, "status");
                case "stats" -> counts = counts(json);
                default -> json.skipChildren();
            }
        }
        return new Heartbeat.Listener(status, counts);
    }

    private static Heartbeat.Counts counts(JsonParser json) throws IOException {
        Map<String, Long> numbers = new HashMap<>();
        each(json, "stats", key -> {
            if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                numbers.put(key, number(json, "a counter"));
            } else {
                json.skipChildren();
            }
        });
        return new Heartbeat.Counts(
                numbers.getOrDefault("rx", 0L),
                numbers.getOrDefault("tx", 0L),
                numbers.getOrDefault("conns", 0L),
                numbers.getOrDefault("totconns", 0L),
                numbers.getOrDefault("ereq", 0L));
    }

    private static Heartbeat.Pool pool(JsonParser json) throws IOException {
        String status = "";
        Map<String, String> members = new HashMap<>();
        for (String name = first(json, "a pool"); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "status" -> status = text(json, "status");
                case "members" -> each(json, name, key -> members.put(key, text(json, "a member")));
                default -> json.skipChildren();
            }
        }
        return new Heartbeat.Pool(status, members);
    }

    @FunctionalInterface
    private interface Entry {
        void at(String key) throws IOException;
    }

    private static void each(JsonParser json, String what, Entry entry) throws IOException {
        for (String key = first(json, what); key != null; key = json.nextFieldName()) {
            if (key.length() > LONGEST) {
                throw new Wrong("a key of " + what + " is too long");
            }
            json.nextToken();
            entry.at(key);
        }
    }

    private static @Nullable String first(JsonParser json, String what) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new Wrong(what + " must be an object");
        }
        return json.nextFieldName();
    }

    private static String text(JsonParser json, String what) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING || json.getTextLength() > LONGEST) {
            throw new Wrong(what + " must be a text of at most " + LONGEST + " characters");
        }
        return json.getText();
    }

    private static long number(JsonParser json, String what) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                || json.getLongValue() < 0) {
            throw new Wrong(what + " must be a whole number from 0 to 2^63-1");
        }
        return json.getLongValue();
    }
}
