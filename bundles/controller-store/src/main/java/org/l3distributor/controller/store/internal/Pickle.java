// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.controller.store.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Octavia keeps a listener's headers as a pickled Python dict of texts. This reads exactly that, of protocols 2 to 5,
 * and writes it in protocol 2. A pickle is a program; nothing of one is run here: an operation that a dict of texts
 * doesn't need is a fault of the row.
 */
final class Pickle {
    private static final Object MARK = new Object();

    private final ByteBuffer bytes;
    private final Deque<Object> stack = new ArrayDeque<>();
    private final List<Object> memo = new ArrayList<>();

    private Pickle(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static SortedMap<String, String> read(byte @Nullable [] bytes, String row) {
        if (bytes == null || bytes.length == 0) {
            return new TreeMap<>();
        }
        try {
            return new Pickle(bytes).run();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    row + ": insert_headers isn't a pickled dict of texts: " + e.getMessage(), e);
        }
    }

    private SortedMap<String, String> run() {
        while (true) {
            int operation = bytes.get() & 0xFF;
            switch (operation) {
                case 0x80 -> bytes.get(); // PROTO
                case 0x95 -> bytes.getLong(); // FRAME
                case '}' -> stack.push(new TreeMap<String, String>());
                case '(' -> stack.push(MARK);
                case 'X' -> stack.push(text(bytes.getInt())); // BINUNICODE
                case 0x8C -> stack.push(text(bytes.get() & 0xFF)); // SHORT_BINUNICODE
                case 'N' -> stack.push(new TreeMap<String, String>()); // None: no headers
                case 0x88 -> stack.push("True");
                case 0x89 -> stack.push("False");
                case 0x94 -> memo.add(stack.element()); // MEMOIZE
                case 'q' -> keep(bytes.get() & 0xFF); // BINPUT
                case 'h' -> stack.push(memo.get(bytes.get() & 0xFF)); // BINGET
                case 's' -> items(2); // SETITEM
                case 'u' -> items(sinceMark()); // SETITEMS
                case '.' -> {
                    return dict(stack.pop());
                }
                default -> throw new IllegalArgumentException("operation " + operation);
            }
        }
    }

    private String text(int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("a text of " + length + " bytes");
        }
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private void keep(int slot) {
        while (memo.size() <= slot) {
            memo.add("");
        }
        memo.set(slot, stack.element());
    }

    /** Takes the mark away and answers how many values lie above it. */
    private int sinceMark() {
        int count = 0;
        List<Object> above = new ArrayList<>();
        for (Object top = stack.pop(); top != MARK; top = stack.pop()) {
            above.add(top);
            count++;
        }
        for (int i = above.size() - 1; i >= 0; i--) {
            stack.push(above.get(i));
        }
        return count;
    }

    private void items(int values) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < values; i++) {
            texts.add(0, (String) stack.pop());
        }
        Map<String, String> dict = dict(stack.element());
        for (int i = 0; i < values; i += 2) {
            dict.put(texts.get(i), texts.get(i + 1));
        }
    }

    @SuppressWarnings("unchecked") // nothing but maps of texts is pushed
    private static SortedMap<String, String> dict(Object value) {
        return (SortedMap<String, String>) value;
    }

    static byte @Nullable [] write(Map<String, String> headers) {
        if (headers.isEmpty()) {
            return null;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x80, 2, '}', '('});
        new TreeMap<>(headers).forEach((name, value) -> {
            text(out, name);
            text(out, value);
        });
        out.writeBytes(new byte[] {'u', '.'});
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(utf8.length)
                .array());
        out.writeBytes(utf8);
    }
}
