// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.rest.internal.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.l3distributor.distributor.model.Refusal;

/**
 * One reason why a call was refused.
 *
 * @param status the HTTP status that it asks for
 * @param code a fixed word for programs
 * @param field the offending field, "" when it isn't one field's fault
 * @param value the value as given, shortened; null when missing or secret
 * @param rule what is allowed, as a sentence
 */
public record Fault(
        int status, String code, String field, @Nullable String value, String rule) {
    public static final String REGISTRATION_NOT_FOUND = "registration_not_found";
    public static final String PEER_NOT_FOUND = "peer_not_found";

    private static final int SHOWN = 80;

    public Fault {
        value = value == null ? null : shown(value);
        field = shown(field);
    }

    /** An input that breaks a rule. */
    public static Fault invalid(String field, @Nullable String value, String rule) {
        return new Fault(400, "invalid", field, value, rule);
    }

    /** Something that can't be answered now. */
    public static Fault notReady(String rule) {
        return new Fault(503, "not_ready", "", null, rule);
    }

    /**
     * A refusal in HTTP's words. UNSUPPORTED is a 400 and not a 501: Octavia's client takes every status that it
     * doesn't know for success.
     *
     * @param absent the code of a refusal as not found, which depends on what was looked for
     */
    public static Fault of(Refusal refusal, String absent) {
        int status = switch (refusal.kind()) {
            case INVALID, UNSUPPORTED -> 400;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case NOT_READY -> 503;
        };
        String code = refusal.kind() == Refusal.Kind.NOT_FOUND
                ? absent
                : refusal.kind().name().toLowerCase(Locale.ROOT);
        return new Fault(status, code, refusal.field(), refusal.value(), refusal.rule());
    }

    /** The same fault of a field that lies below {@code path}. */
    public Fault below(String path) {
        return new Fault(status, code, path.isEmpty() ? field : path + field, value, rule);
    }

    /** One line: field, value and rule. */
    public String text() {
        String subject = value == null ? field : field + " = \"" + value + "\"";
        return subject.isEmpty() ? rule : subject + ": " + rule;
    }

    /** One line of bounded length: what a caller sends can neither flood nor forge a log. */
    private static String shown(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(SHOWN).forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c));
        return text.codePointCount(0, text.length()) > SHOWN
                ? line + "... (" + text.length() + " characters)"
                : line.toString();
    }
}
