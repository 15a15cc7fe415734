// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.distributor.amphora;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the amphora API answers. Its client, the Octavia controller, reads some of the words, so they belong to the
 * answer; what the extended API refuses is a {@code Refusal} with field, value and rule instead.
 *
 * @param <T> what a done request gives
 */
public sealed interface Reply<T> {
    /** It was done. */
    record Done<T>(T value) implements Reply<T> {}

    /**
     * It was not, and nothing changed unless the details say so.
     *
     * @param message the amphora API's word for it; null where that API has none
     * @param details what exactly was wrong, for an operator; null when the message says all
     */
    record Refused<T>(
            Kind kind, @Nullable String message, @Nullable String details) implements Reply<T> {}

    /** The class of refusal; adapters map it to a status code. */
    enum Kind {
        /** The input breaks a rule. */
        INVALID,
        /** There is no such thing. */
        NOT_FOUND,
        /** It contradicts what stands. */
        CONFLICT,
        /** The kernel, the disk or HAProxy refused. */
        FAILED
    }

    /** What a done request gives that has nothing more to say. */
    enum Ok {
        OK
    }

    static Reply<Ok> ok() {
        return new Done<>(Ok.OK);
    }

    static <T> Reply<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Reply<T> refused(Kind kind, @Nullable String message, @Nullable String details) {
        return new Refused<>(kind, message, details);
    }

    /** The same refusal, or what the function makes of the value. */
    default <R> Reply<R> map(Function<T, R> function) {
        if (this instanceof Done<T> done) {
            return new Done<>(function.apply(done.value));
        }
        Refused<T> refused = (Refused<T>) this;
        return new Refused<>(refused.kind, refused.message, refused.details);
    }
}
