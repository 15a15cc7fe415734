// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.haproxy.internal.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.l3distributor.haproxy.Statistics;

/** Reads what {@code show info} and {@code show stat} answer. */
public final class StatisticsReader {
    private static final Pattern PID = Pattern.compile("^Pid: (\\d{1,10})$", Pattern.MULTILINE);

    private StatisticsReader() {}

    /** The process that gave this {@code show info}; empty when it is something else. */
    public static OptionalLong workerPid(String info) {
        Matcher found = PID.matcher(info);
        return found.find() ? OptionalLong.of(Long.parseLong(found.group(1))) : OptionalLong.empty();
    }

    /** @param table the answer to {@code show stat -1 -1 -1} */
    public static Statistics read(long workerPid, String table) {
        List<Statistics.Listener> listeners = new ArrayList<>();
        Map<String, String> pools = new LinkedHashMap<>();
        Map<String, Map<String, String>> members = new LinkedHashMap<>();
        Map<String, Integer> up = new HashMap<>();
        for (Map<String, String> row : CsvTable.parse(table)) {
            String proxy = row.getOrDefault("pxname", "");
            String server = row.getOrDefault("svname", "");
            String status = row.getOrDefault("status", "");
            if (StatusWords.isInternal(proxy)) {
                continue;
            }
            switch (server) {
                case "FRONTEND" -> listeners.add(listener(proxy, status, row));
                case "BACKEND" -> pools.put(proxy, status);
                default -> {
                    String weight = row.getOrDefault("weight", "");
                    members.computeIfAbsent(proxy, any -> new LinkedHashMap<>())
                            .put(server, StatusWords.member(status, weight));
                    up.merge(proxy, StatusWords.isUp(status, weight) ? 1 : 0, Integer::sum);
                }
            }
        }
        return new Statistics(
                workerPid,
                listeners,
                pools.entrySet().stream()
                        .map(pool -> new Statistics.Pool(
                                pool.getKey(),
                                pool.getValue(),
                                members.getOrDefault(pool.getKey(), Map.of()),
                                up.getOrDefault(pool.getKey(), 0)))
                        .toList());
    }

    private static Statistics.Listener listener(String id, String status, Map<String, String> row) {
        return new Statistics.Listener(
                id,
                status,
                number(row, "bin"),
                number(row, "bout"),
                number(row, "scur"),
                number(row, "stot"),
                number(row, "ereq"));
    }

    private static long number(Map<String, String> row, String column) {
        String text = row.getOrDefault(column, "");
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }
}
