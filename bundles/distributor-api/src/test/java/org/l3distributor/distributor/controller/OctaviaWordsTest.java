// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.l3distributor.distributor.model.Outcome;
import org.l3distributor.distributor.model.Refusal;

/**
 * Every field of every create with wrong, missing, null and too long values: refused exactly when Octavia refuses it, and in
 * Octavia's words. These were asked of Octavia's own code; see octavia-words.py.
 */
class OctaviaWordsTest {
    private static final String ID = "11111111-1111-4111-8111-111111111111";
    private static final Map<String, Map<String, Object>> BASES = Map.of(
            "loadbalancer", Map.of("vip_subnet_id", ID),
            "listener", Map.of("protocol", "HTTP", "protocol_port", 80, "loadbalancer_id", ID),
            "pool", Map.of("protocol", "HTTP", "lb_algorithm", "ROUND_ROBIN", "loadbalancer_id", ID),
            "member", Map.of("address", "192.0.2.1", "protocol_port", 80),
            "healthmonitor", Map.of("type", "HTTP", "delay", 5, "timeout", 3, "max_retries", 3, "pool_id", ID));
    private static final Map<String, Function<Map<?, ?>, Outcome<?>>> RULES = Map.of(
            "loadbalancer", LoadBalancerRules::create,
            "listener", ListenerRules::create,
            "pool", PoolRules::create,
            "member", MemberRules::create,
            "healthmonitor", HealthMonitorRules::create);

    /** Refused here though Octavia's types let it in: its code, its database or HAProxy fails on it later. */
    private static final Set<String> STRICTER = Set.of(
            "listener protocol null",
            "listener protocol_port null",
            "listener loadbalancer_id null",
            "pool protocol null",
            "pool lb_algorithm null",
            "member address null",
            "member protocol_port null",
            "healthmonitor type null",
            "healthmonitor delay null",
            "healthmonitor timeout null",
            "healthmonitor max_retries null",
            "healthmonitor pool_id null",
            "healthmonitor http_version true",
            "loadbalancer vip_subnet_id null",
            "loadbalancer vip_subnet_id missing",
            "pool loadbalancer_id null",
            "pool loadbalancer_id missing");

    @Test
    void everyField_ofEveryCreate_isRefusedAsOctaviaRefusesIt() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<String> rows = rows();
        for (String row : rows) {
            String[] cells = row.split("\t", -1);
            String difference = difference(cells[0], cells[1], cells[2], cells[3]);
            if (!difference.isEmpty() && !STRICTER.contains(cells[0] + " " + cells[1] + " " + cells[2])) {
                wrong.add(cells[0] + " " + cells[1] + " " + cells[2] + ": " + difference);
            }
        }
        assertThat(rows).hasSizeGreaterThan(1_000);
        assertThat(wrong).isEmpty();
    }

    private static String difference(String root, String field, String value, String said) {
        Map<String, Object> fields = new HashMap<>(BASES.get(root));
        if (value.equals("missing")) {
            fields.remove(field);
        } else {
            fields.put(field, value(value));
        }
        Outcome<?> outcome = RULES.get(root).apply(Map.of(root, fields));
        List<Refusal> refusals = outcome instanceof Outcome.Refused<?> refused ? refused.reasons() : List.of();
        if (refusals.stream().anyMatch(r -> r.kind() == Refusal.Kind.UNSUPPORTED)) {
            return ""; // whatever Octavia says of it
        }
        if (refusals.isEmpty()) {
            return said.isEmpty() ? "" : "accepted, Octavia says " + said;
        }
        List<String> ours = refusals.stream().map(r -> ordered(r.rule())).toList();
        if (said.isEmpty()) {
            return ours.stream().allMatch(OctaviaWordsTest::isStricter) ? "" : "Octavia accepts it, we say " + ours;
        }
        boolean comparable = !said.equals("*")
                && !said.contains("unhashable")
                && !said.contains("int() argument")
                && !value.equals("[\"x\"]")
                && !field.equals("tenant_id");
        String expected = said.replace("LONG", "y".repeat(80) + "... (256 characters)");
        return !comparable || ours.contains(expected) ? "" : "Octavia says " + expected + ", we say " + ours;
    }

    /**
     * What its types let in and we don't: 1.5 and true for the number 1, 5 for true or an address, numbers that no column
     * holds; and what its controllers refuse after the types.
     */
    private static boolean isStricter(String rule) {
        return rule.endsWith("Value should be an integer")
                || rule.contains("not an unambiguous boolean")
                || rule.endsWith("Value should be IPv4 or IPv6 format")
                || rule.contains("Value should be lower or equal to")
                || rule.endsWith("is not enabled.")
                || rule.contains("must be specified when");
    }

    private static String ordered(String said) {
        int list = said.indexOf("one of: ");
        if (list < 0) {
            return said;
        }
        String words =
                Arrays.stream(said.substring(list + 8).split(", ")).sorted().collect(Collectors.joining(", "));
        return said.substring(0, list + 8) + words;
    }

    private static Object value(String token) {
        return switch (token) {
            case "null" -> null;
            case "true" -> true;
            case "[]" -> List.of();
            case "{}" -> Map.of();
            case "[\"x\"]" -> List.of("x");
            case "long" -> "y".repeat(256);
            case "1.5" -> new BigDecimal("1.5");
            default -> token.startsWith("\"") ? token.substring(1, token.length() - 1) : (Object) Long.valueOf(token);
        };
    }

    private static List<String> rows() throws IOException {
        try (InputStream file = OctaviaWordsTest.class.getResourceAsStream("octavia-words.tsv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
