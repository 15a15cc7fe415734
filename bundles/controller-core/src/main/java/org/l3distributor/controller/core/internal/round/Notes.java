// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.round;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;

/** What a round remembers of amphorae, by id, as the text in its task's row. */
final class Notes {
    /** The text must fit into the row. */
    static final int MOST = 400;

    private static final ObjectMapper JSON = new ObjectMapper();

    private Notes() {}

    /** What isn't such a text is nothing: a round begins anew. */
    static Map<String, Long> read(String text) {
        if (text.isEmpty()) {
            return Map.of();
        }
        try {
            return JSON.readValue(text, new TypeReference<TreeMap<String, Long>>() {});
        } catch (JsonProcessingException e) {
            return Map.of();
        }
    }

    static String write(Map<String, Long> notes) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(notes));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // texts and numbers
        }
    }
}
