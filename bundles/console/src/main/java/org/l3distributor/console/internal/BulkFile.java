// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.console.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.l3distributor.console.CommandRefused;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;

/**
 * Reads what the REST API's bulk calls take: {@code {"registrations": [{"amphora_id": ..., "vip_ip": ...,
 * "nexthop_ip": ..., "peer_id": ...}, ...]}}. Strict as there: unknown fields, nulls and other types are refused.
 */
public final class BulkFile {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final TreeSet<String> FIELDS =
            new TreeSet<>(List.of("amphora_id", "vip_ip", "nexthop_ip", "peer_id"));
    private static final String ROWS = "registrations";

    /** Checks one row; {@code amphoraId} null = a non-amphora endpoint. */
    public interface Rules<T> {
        Outcome<T> check(
                @Nullable String amphoraId,
                @Nullable String vipIp,
                @Nullable String nexthopIp,
                @Nullable String peerId);
    }

    private final List<Refusal> faults = new ArrayList<>();

    private BulkFile() {}

    /** @throws CommandRefused with every fault of every row, or the place where the text stops being JSON */
    public static <T> List<T> read(String text, Rules<T> rules) throws CommandRefused {
        BulkFile file = new BulkFile();
        List<T> rows;
        try (JsonParser in = JSON.createParser(text)) {
            rows = file.rows(in, rules);
        } catch (JsonProcessingException e) {
            throw new CommandRefused("not valid JSON at line "
                    + e.getLocation().getLineNr() + " column " + e.getLocation().getColumnNr() + ": "
                    + e.getOriginalMessage());
        } catch (IOException e) {
            throw new IllegalStateException(e); // a string is read without I/O
        }
        if (!file.faults.isEmpty()) {
            throw CommandRefused.of(file.faults);
        }
        return rows;
    }

    private <T> List<T> rows(JsonParser in, Rules<T> rules) throws IOException, CommandRefused {
        expect(in.nextToken() == JsonToken.START_OBJECT);
        expect(in.nextToken() == JsonToken.FIELD_NAME && ROWS.equals(in.currentName()));
        expect(in.nextToken() == JsonToken.START_ARRAY);
        List<T> rows = new ArrayList<>();
        for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
            String path = ROWS + "[" + i + "].";
            if (in.currentToken() == JsonToken.START_OBJECT) {
                row(fields(in, path), path, rules, rows);
            } else {
                faults.add(Refusal.invalid(ROWS + "[" + i + "]", in.getText(), "must be an object"));
                in.skipChildren();
            }
        }
        expect(in.nextToken() == JsonToken.END_OBJECT);
        expect(in.nextToken() == null);
        return rows;
    }

    private static void expect(boolean met) throws CommandRefused {
        if (!met) {
            throw new CommandRefused("the file must hold one JSON object {\"registrations\": [...]} and nothing else");
        }
    }

    private <T> void row(@Nullable Map<String, String> row, String path, Rules<T> rules, List<T> rows) {
        if (row == null) {
            return;
        }
        Outcome<T> outcome =
                rules.check(row.get("amphora_id"), row.get("vip_ip"), row.get("nexthop_ip"), row.get("peer_id"));
        if (outcome instanceof Outcome.Done<T> done) {
            rows.add(done.value());
        } else if (outcome instanceof Outcome.Refused<T> refused) {
            refused.reasons().forEach(r -> faults.add(new Refusal(r.kind(), path + r.field(), r.value(), r.rule())));
        }
    }

    /** The fields of one row; null when one of them is at fault. */
    private @Nullable Map<String, String> fields(JsonParser in, String path) throws IOException {
        int before = faults.size();
        Map<String, String> fields = new HashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            JsonToken value = in.nextToken();
            if (!FIELDS.contains(name)) {
                faults.add(Refusal.invalid(path + name, null, "is not a known field; known are " + known()));
                in.skipChildren();
            } else if (value != JsonToken.VALUE_STRING) {
                faults.add(Refusal.invalid(path + name, in.getText(), "must be a text, or left out where optional"));
                in.skipChildren();
            } else {
                fields.put(name, in.getText());
            }
        }
        return faults.size() == before ? fields : null;
    }

    private static String known() {
        return String.join(", ", FIELDS);
    }
}
