// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.profile.ProfileRules;
import org.l3distributor.rest.internal.http.Fault;

/**
 * Reads one JSON object field by field and collects what is wrong with it: fields that nobody knows, nulls, and values
 * of another type, which are never converted.
 */
public final class Fields {
    private final ObjectNode node;
    private final String path;
    private final List<Fault> faults;

    /**
     * @param path what stands before this object's field names in messages: "" or "registrations[3]."
     * @param faults where faults are put
     * @param known the fields that may be there
     */
    public Fields(ObjectNode node, String path, List<Fault> faults, Set<String> known) {
        this.node = node;
        this.path = path;
        this.faults = faults;
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                unknown(name, known);
            }
        }
    }

    private void unknown(String name, Set<String> known) {
        String where = path + name;
        if (ProfileRules.isSecret(name)) {
            faults.add(new Fault(
                    400,
                    "secret_refused",
                    where,
                    null,
                    "passwords are taken from the agent's configuration file only, never from this API"));
        } else {
            String list = String.join(", ", known.stream().sorted().toList());
            faults.add(new Fault(
                    400, "unknown_field", where, shown(node.get(name)), "is not a known field; known are " + list));
        }
    }

    /** True when the field is there, whatever it holds. */
    public boolean has(String name) {
        return node.has(name);
    }

    public @Nullable String text(String name) {
        JsonNode value = value(name, JsonNode::isTextual, "a text");
        return value == null ? null : value.textValue();
    }

    /** A whole number, in decimal; its range is the rules' business. */
    public @Nullable String integer(String name) {
        JsonNode value = value(name, JsonNode::isIntegralNumber, "a whole number");
        return value == null ? null : value.asText();
    }

    public @Nullable String flag(String name) {
        JsonNode value = value(name, JsonNode::isBoolean, "true or false");
        return value == null ? null : value.asText();
    }

    /** A list of texts; null when it isn't there or isn't that. */
    public @Nullable List<String> texts(String name) {
        JsonNode list = value(name, JsonNode::isArray, "a list of texts");
        if (list == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).isTextual()) {
                texts.add(list.get(i).textValue());
            } else {
                wrongType(name + "[" + i + "]", list.get(i), "a text");
            }
        }
        return texts;
    }

    /** A list of objects; null when it isn't there or isn't that. */
    public @Nullable List<ObjectNode> objects(String name) {
        JsonNode list = value(name, JsonNode::isArray, "a list of objects");
        if (list == null) {
            return null;
        }
        List<ObjectNode> objects = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof ObjectNode object) {
                objects.add(object);
            } else {
                wrongType(name + "[" + i + "]", list.get(i), "an object");
            }
        }
        return objects;
    }

    /** Says that a field must be there. */
    public void required(String name) {
        if (!has(name)) {
            faults.add(Fault.invalid(path + name, null, "is required"));
        }
    }

    private @Nullable JsonNode value(String name, Predicate<JsonNode> type, String what) {
        JsonNode value = node.get(name);
        if (value == null || type.test(value)) {
            return value;
        }
        wrongType(name, value, what);
        return null;
    }

    private void wrongType(String name, JsonNode value, String what) {
        String rule = value.isNull()
                ? "must not be null; it must be " + what + ", or left out where it is optional"
                : "must be " + what + ", not " + JsonText.kind(value);
        faults.add(Fault.invalid(path + name, shown(value), rule));
    }

    /** A text as it is, anything else as JSON. */
    private static String shown(JsonNode node) {
        return node.isTextual() ? node.textValue() : node.toString();
    }
}
