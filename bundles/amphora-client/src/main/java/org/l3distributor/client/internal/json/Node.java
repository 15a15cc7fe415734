// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.l3distributor.net.IpAddress;

/** One JSON object of an answer, read field by field. */
public final class Node {
    /** How one row of a list is read. */
    interface Reading<T> {
        T read(Node node) throws Garbled;
    }

    static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(32).build())
            .build());

    private final JsonNode node;

    private Node(JsonNode node) {
        this.node = node;
    }

    /** The object that the bytes hold. */
    public static Node of(byte[] body) throws Garbled {
        try {
            return of(MAPPER.readTree(body));
        } catch (IOException e) {
            throw new Garbled("the answer isn't JSON");
        }
    }

    private static Node of(@Nullable JsonNode node) throws Garbled {
        if (node == null || !node.isObject()) {
            throw new Garbled("the answer isn't a JSON object where one must be");
        }
        return new Node(node);
    }

    String text(String name) throws Garbled {
        String text = textOrNull(name);
        if (text == null) {
            throw missing(name, "a text");
        }
        return text;
    }

    @Nullable
    String textOrNull(String name) throws Garbled {
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw missing(name, "a text");
        }
        return value.textValue();
    }

    boolean flag(String name) throws Garbled {
        JsonNode value = node.get(name);
        if (value == null || !value.isBoolean()) {
            throw missing(name, "true or false");
        }
        return value.booleanValue();
    }

    /** 0 or more; null also where it isn't there at all. */
    @Nullable
    Integer countOrNull(String name) throws Garbled {
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isInt() || value.intValue() < 0) {
            throw missing(name, "a number of things");
        }
        return value.intValue();
    }

    /** A whole number. */
    long number(String name) throws Garbled {
        JsonNode value = node.get(name);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            throw missing(name, "a whole number");
        }
        return value.longValue();
    }

    /** A whole number that newer amphorae have. */
    long numberOr(String name, long otherwise) throws Garbled {
        return node.hasNonNull(name) ? number(name) : otherwise;
    }

    Node object(String name) throws Garbled {
        return of(node.get(name));
    }

    List<String> texts(String name) throws Garbled {
        JsonNode value = node.get(name);
        if (value == null || !value.isArray()) {
            throw missing(name, "a list of texts");
        }
        List<String> texts = new ArrayList<>(value.size());
        for (JsonNode one : value) {
            if (!one.isTextual()) {
                throw missing(name, "a list of texts");
            }
            texts.add(one.textValue());
        }
        return texts;
    }

    /** An object that has a name for each value. */
    <T> Map<String, T> map(String name, Reading<T> reading) throws Garbled {
        JsonNode value = node.get(name);
        if (value == null || !value.isObject()) {
            throw missing(name, "an object");
        }
        Map<String, T> map = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            map.put(entry.getKey(), reading.read(of(entry.getValue())));
        }
        return map;
    }

    IpAddress address(String name) throws Garbled {
        try {
            return IpAddress.parse(text(name));
        } catch (IllegalArgumentException e) {
            throw missing(name, "an address");
        }
    }

    @Nullable
    Instant instantOrNull(String name) throws Garbled {
        String text = textOrNull(name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw missing(name, "a moment");
        }
    }

    <T> List<T> list(String name, Reading<T> reading) throws Garbled {
        JsonNode value = node.get(name);
        if (value == null || !value.isArray()) {
            throw missing(name, "a list");
        }
        List<T> rows = new ArrayList<>(value.size());
        for (JsonNode row : value) {
            rows.add(reading.read(of(row)));
        }
        return rows;
    }

    static Garbled missing(String name, String what) {
        return new Garbled("\"" + name + "\" isn't " + what + " in the answer");
    }
}
