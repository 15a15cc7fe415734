// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.core.internal.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.l3distributor.controller.core.internal.flow.Memo;

/** A task's memo as the text in its row. */
public final class MemoJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private MemoJson() {}

    public static String write(Memo memo) {
        try {
            return JSON.writeValueAsString(memo);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // texts, numbers, lists and maps of them
        }
    }

    /** @throws IllegalArgumentException when it isn't a memo: another version's, or somebody's who edited the table */
    public static Memo read(String text) {
        if (text.isEmpty()) {
            return Memo.EMPTY;
        }
        try {
            return JSON.readValue(text, Memo.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a task's data can't be read: " + e.getOriginalMessage(), e);
        }
    }
}
