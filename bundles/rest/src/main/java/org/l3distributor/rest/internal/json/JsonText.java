// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.l3distributor.http.json.BrokenJson;
import org.l3distributor.rest.internal.http.Fault;
import org.l3distributor.rest.internal.http.Refused;

/** Bytes to JSON and back, with faults in this API's form. */
public final class JsonText {
    private JsonText() {}

    /**
     * The one JSON object that the bytes hold.
     *
     * @throws Refused when they are empty, broken, more than one value, not an object, or name a key twice
     */
    public static ObjectNode object(byte[] bytes) {
        try {
            return org.l3distributor.http.json.JsonText.object(bytes);
        } catch (BrokenJson e) {
            throw refused(e);
        }
    }

    /**
     * The one JSON value that the bytes hold.
     *
     * @throws Refused when they are broken, more than one value, or name a key twice
     */
    public static JsonNode value(byte[] bytes) {
        try {
            return org.l3distributor.http.json.JsonText.value(bytes);
        } catch (BrokenJson e) {
            throw refused(e);
        }
    }

    public static byte[] write(@Nullable Object value) throws IOException {
        return org.l3distributor.http.json.JsonText.write(value);
    }

    /** What a value is, in a sentence. */
    static String kind(JsonNode node) {
        return org.l3distributor.http.json.JsonText.kind(node);
    }

    private static Refused refused(BrokenJson e) {
        return new Refused(new Fault(400, e.code(), e.field(), null, e.rule()));
    }
}
