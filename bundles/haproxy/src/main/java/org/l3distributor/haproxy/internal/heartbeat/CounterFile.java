// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.heartbeat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Octavia's {@code stats_counters.json}: what was told of each listener, so that a restart of the appliance doesn't
 * tell it a second time. Beside Octavia's four numbers stands the worker that counted.
 */
final class CounterFile {
    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;

    CounterFile(Path file) {
        this.file = file;
    }

    /**
     * What was saved; nothing when there is no file, or none that can be understood: then the next differences are
     * what HAProxy has counted so far.
     *
     * @throws IOException when the file is there and can't be read
     */
    Counters load() throws IOException {
        try (JsonParser json = JSON.createParser(Files.readAllBytes(file))) {
            Map<String, Counters.Seen> listeners = new HashMap<>();
            if (json.nextToken() == JsonToken.START_OBJECT) {
                for (String id = json.nextFieldName(); id != null; id = json.nextFieldName()) {
                    json.nextToken();
                    listeners.put(id, seen(json));
                }
            }
            return new Counters(listeners);
        } catch (NoSuchFileException | JsonProcessingException e) {
            return Counters.empty();
        }
    }

    private static Counters.Seen seen(JsonParser json) throws IOException {
        Map<String, Long> values = new HashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            values.put(name, json.nextLongValue(0));
        }
        return new Counters.Seen(
                values.getOrDefault("bin", 0L),
                values.getOrDefault("bout", 0L),
                values.getOrDefault("ereq", 0L),
                values.getOrDefault("stot", 0L),
                values.getOrDefault("pid", 0L));
    }

    /**
     * Replaces it as a whole. It isn't forced to the disk: a power cut ends HAProxy's counters too.
     *
     * @throws IOException when the disk refused; what was there before still is
     */
    void save(Counters counters) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent()); // heartbeats begin before the first load balancer
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (OutputStream out = Files.newOutputStream(fresh);
                JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            for (var listener : new TreeMap<>(counters.listeners()).entrySet()) {
                Counters.Seen seen = listener.getValue();
                json.writeObjectFieldStart(listener.getKey());
                json.writeNumberField("bin", seen.bin());
                json.writeNumberField("bout", seen.bout());
                json.writeNumberField("ereq", seen.ereq());
                json.writeNumberField("stot", seen.stot());
                json.writeNumberField("pid", seen.workerPid());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
