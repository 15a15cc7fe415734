// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.rest.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.l3distributor.http.json.BrokenJson;
import org.l3distributor.http.json.JsonText;

/** A request's body as the rules read it: maps, lists, texts, numbers, booleans, null. */
public final class Bodies {
    /** The longest body that is taken. */
    private static final int LIMIT = 4 * 1024 * 1024;

    private Bodies() {}

    /** @throws Refused with 400 when it isn't one JSON object, with 413 when it is too long */
    public static Map<?, ?> object(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw new Refused(413, "The body is longer than " + LIMIT + " bytes");
            }
            return map(JsonText.object(bytes));
        } catch (BrokenJson e) {
            String where = e.field().isEmpty() ? e.rule() : e.field() + " " + e.rule();
            throw new Refused(400, "Request is not in valid JSON format: " + where);
        } catch (IOException e) {
            throw new Refused(400, "The body broke off before its end");
        }
    }

    private static Map<String, @Nullable Object> map(ObjectNode node) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            map.put(field.getKey(), plain(field.getValue()));
        }
        return map;
    }

    private static @Nullable Object plain(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return map(object);
        }
        if (node instanceof ArrayNode array) {
            List<@Nullable Object> list = new ArrayList<>(array.size());
            array.forEach(item -> list.add(plain(item)));
            return list;
        }
        return switch (node.getNodeType()) {
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node);
            case STRING -> node.textValue();
            case ARRAY, BINARY, MISSING, NULL, OBJECT, POJO -> null;
        };
    }

    private static Object number(JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.bigIntegerValue();
        }
        boolean beyond = Double.isInfinite(node.doubleValue()); // such as 1e400, which has no decimal value then
        return beyond ? (Object) node.doubleValue() : node.decimalValue();
    }
}
