// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * HAProxy's CSV: a title line that begins with {@code # }, then rows. A field that holds a comma, a quote or a line
 * break stands in quotes, a quote in it is doubled (RFC 4180).
 */
final class CsvTable {
    private final String text;
    private int at;

    private CsvTable(String text) {
        this.text = text;
    }

    /** The rows, each by the titles of its columns; a row shorter than the title lacks the rest. */
    static List<Map<String, String>> parse(String text) {
        CsvTable table = new CsvTable(text.startsWith("# ") ? text.substring(2) : text);
        List<String> titles = table.row();
        List<Map<String, String>> rows = new ArrayList<>();
        while (table.at < table.text.length()) {
            List<String> fields = table.row();
            if (fields.size() > 1) {
                Map<String, String> row = new HashMap<>();
                for (int i = 0; i < Math.min(fields.size(), titles.size()); i++) {
                    row.put(titles.get(i), fields.get(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private List<String> row() {
        List<String> fields = new ArrayList<>();
        do {
            fields.add(field());
        } while (at < text.length() && text.charAt(at++) == ',');
        return fields;
    }

    /** Reads one field, and stops at the comma or the line break behind it. */
    private String field() {
        StringBuilder field = new StringBuilder();
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        at += quoted ? 1 : 0;
        while (at < text.length()) {
            char next = text.charAt(at);
            if (quoted && next == '"') {
                at++;
                quoted = at < text.length() && text.charAt(at) == '"';
                if (!quoted) {
                    continue;
                }
            } else if (!quoted && (next == ',' || next == '\n')) {
                break;
            }
            field.append(next);
            at++;
        }
        return field.toString();
    }
}
