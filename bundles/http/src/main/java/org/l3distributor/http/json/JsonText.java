// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bytes to JSON and back. Reader and writer are made once; both may be used from any thread. */
public final class JsonText {
    /** Far above what any body of this API needs; a deeper one is an attack on the stack. */
    private static final int DEPTH = 32;

    private static final Pattern DUPLICATE = Pattern.compile("^Duplicate field '(.*?)'", Pattern.DOTALL);

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());
    private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    private static final ObjectWriter WRITER = MAPPER.writer();

    private JsonText() {}

    /**
     * The one JSON object that the bytes hold.
     *
     * @throws BrokenJson when they are empty, broken, more than one value, not an object, or name a key twice
     */
    public static ObjectNode object(byte[] bytes) throws BrokenJson {
        if (bytes.length == 0) {
            throw malformed("a JSON object is required; the body is empty");
        }
        JsonNode node = value(bytes);
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw malformed("the body must be a JSON object, not " + kind(node));
    }

    /**
     * The one JSON value that the bytes hold.
     *
     * @throws BrokenJson when they are broken, more than one value, or name a key twice
     */
    public static JsonNode value(byte[] bytes) throws BrokenJson {
        try {
            return READER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw fault(e);
        } catch (IOException e) {
            throw malformed("the body isn't valid JSON: it isn't text in UTF-8");
        }
    }

    public static byte[] write(@Nullable Object value) throws IOException {
        return WRITER.writeValueAsBytes(value);
    }

    /** Says where, and never what: the parser's own words would give the body back. */
    private static BrokenJson fault(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String where = at == null ? "" : " at line " + at.getLineNr() + " column " + at.getColumnNr();
        Matcher duplicate = DUPLICATE.matcher(e.getOriginalMessage());
        if (duplicate.find()) {
            return new BrokenJson("duplicate_key", duplicate.group(1), "is given twice in one JSON object" + where);
        }
        return malformed("the body isn't one valid JSON value" + where);
    }

    private static BrokenJson malformed(String rule) {
        return new BrokenJson("malformed_json", "", rule);
    }

    /** A record's fields by name, in their order, as they would be written. */
    public static Map<String, Object> map(Object value) {
        return MAPPER.convertValue(value, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    /** What a value is, in a sentence. */
    public static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case NUMBER -> "a number";
            case OBJECT -> "an object";
            case STRING -> "a text";
            case BINARY, MISSING, POJO -> "nothing";
        };
    }
}
