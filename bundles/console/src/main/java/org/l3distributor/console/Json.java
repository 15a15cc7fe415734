// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object under construction, fields in the order in which they are put; one line when it is printed. */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** RFC 3339 in UTC with all six digits, as in the REST API. */
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    /** @param value null, a number, a boolean, an enum (lower case), a time, a list, a map, {@link Json}, or its text */
    public Json put(String name, @Nullable Object value) {
        fields.put(name, value);
        return this;
    }

    /** Leaves the field out when there is no value. */
    public Json putIfThere(String name, @Nullable Object value) {
        return value == null ? this : put(name, value);
    }

    @Override
    public String toString() {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            write(out, this);
        } catch (IOException e) {
            throw new IllegalStateException(e); // a string is written without I/O
        }
        return text.toString();
    }

    private static void write(JsonGenerator out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Json json) {
            write(out, json.fields);
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeFieldName(String.valueOf(entry.getKey()));
                write(out, entry.getValue());
            }
            out.writeEndObject();
        } else if (value instanceof Iterable<?> list) {
            out.writeStartArray();
            for (Object element : list) {
                write(out, element);
            }
            out.writeEndArray();
        } else {
            scalar(out, value);
        }
    }

    private static void scalar(JsonGenerator out, Object value) throws IOException {
        if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof Integer || value instanceof Long) {
            out.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double number) {
            out.writeNumber(number);
        } else if (value instanceof Duration duration) {
            out.writeNumber(duration.toMillis() / 1000.0);
        } else if (value instanceof Instant moment) {
            out.writeString(MOMENT.format(moment));
        } else if (value instanceof Enum<?> word) {
            out.writeString(word.name().toLowerCase(Locale.ROOT));
        } else {
            out.writeString(value.toString());
        }
    }
}
