// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.heartbeat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.l3distributor.haproxy.Statistics;

/**
 * What an amphora tells Octavia's health manager, version 3: the counters are differences since the message before.
 *
 * @param amphora the amphora's id
 * @param sequence 0, 1, 2, ... since the start; the controller ignores it
 * @param listeners by id
 * @param pools by {@code POOL:LISTENER}; one name stands for one pool
 */
record HeartbeatMessage(
        String amphora, long sequence, Map<String, Listener> listeners, Map<String, Statistics.Pool> pools) {
    static final int VERSION = 3;

    private static final JsonFactory JSON = new JsonFactory();

    HeartbeatMessage {
        listeners = Map.copyOf(listeners);
        pools = Map.copyOf(pools);
    }

    /** @param connections open now */
    record Listener(String status, Counters.Delta delta, long connections) {}

    byte[] toJson() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("id", amphora);
            json.writeNumberField("seq", sequence);
            json.writeObjectFieldStart("listeners");
            for (var listener : new TreeMap<>(listeners).entrySet()) {
                json.writeObjectFieldStart(listener.getKey());
                write(json, listener.getValue());
            }
            json.writeEndObject();
            json.writeObjectFieldStart("pools");
            for (var pool : new TreeMap<>(pools).entrySet()) {
                json.writeObjectFieldStart(pool.getKey());
                write(json, pool.getValue());
            }
            json.writeEndObject();
            json.writeNumberField("ver", VERSION);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory only
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Listener listener) throws IOException {
        json.writeStringField("status", listener.status());
        json.writeObjectFieldStart("stats");
        json.writeNumberField("tx", listener.delta().bout());
        json.writeNumberField("rx", listener.delta().bin());
        json.writeNumberField("conns", listener.connections());
        json.writeNumberField("totconns", listener.delta().stot());
        json.writeNumberField("ereq", listener.delta().ereq());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Statistics.Pool pool) throws IOException {
        json.writeStringField("status", pool.status());
        json.writeObjectFieldStart("members");
        for (var member : new TreeMap<>(pool.members()).entrySet()) {
            json.writeStringField(member.getKey(), member.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
