// SPDX-License-Identifier: Apache-2.0
package org.l3distributor.client;

import java.util.function.Function;

/**
 * What became of a call.
 *
 * @param <T> what an answered call gives
 */
public sealed interface CallResult<T> {
    /** The amphora did it. */
    record Answered<T>(T value) implements CallResult<T> {}

    /**
     * The amphora refused, and changed nothing; the same call again would be refused again.
     *
     * @param status 400..499
     * @param code the API's fixed word for it, "" where it has none
     * @param message for an operator
     */
    record Rejected<T>(int status, String code, String message) implements CallResult<T> {}

    /**
     * There was no answer that can be understood, from whom it was expected.
     *
     * @param reason for an operator
     * @param sent whether it may have been done all the same
     */
    record Unavailable<T>(String reason, boolean sent) implements CallResult<T> {}

    /** The same ending, or what the function makes of the value. */
    default <R> CallResult<R> map(Function<T, R> function) {
        if (this instanceof Answered<T> answered) {
            return new Answered<>(function.apply(answered.value));
        }
        if (this instanceof Rejected<T> rejected) {
            return new Rejected<>(rejected.status, rejected.code, rejected.message);
        }
        Unavailable<T> unavailable = (Unavailable<T>) this;
        return new Unavailable<>(unavailable.reason, unavailable.sent);
    }
}
