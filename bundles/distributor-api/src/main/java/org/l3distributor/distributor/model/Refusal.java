// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.model;

import org.jspecify.annotations.Nullable;

/**
 * Why something was not done: nothing was changed by what is refused.
 *
 * @param kind the class of refusal; adapters map it to a status code
 * @param field the name of the offending field in the API's words, "" when it isn't one field's fault
 * @param value the value as given; null when missing
 * @param rule what is allowed, as a sentence
 */
public record Refusal(Kind kind, String field, @Nullable String value, String rule) {
    public enum Kind {
        /** The input breaks a rule. */
        INVALID,
        /** This caller may not. */
        FORBIDDEN,
        /** There is no such thing. */
        NOT_FOUND,
        /** It contradicts what stands. */
        CONFLICT,
        /** It can't be decided or kept now; try again later. */
        NOT_READY,
        /** It is known and not supported here. */
        UNSUPPORTED
    }

    public static Refusal invalid(String field, @Nullable String value, String rule) {
        return new Refusal(Kind.INVALID, field, value, rule);
    }

    public static Refusal conflict(String field, @Nullable String value, String rule) {
        return new Refusal(Kind.CONFLICT, field, value, rule);
    }

    public static Refusal notFound(String field, @Nullable String value, String rule) {
        return new Refusal(Kind.NOT_FOUND, field, value, rule);
    }

    public static Refusal notReady(String rule) {
        return new Refusal(Kind.NOT_READY, "", null, rule);
    }
}
